import { type DunningSettings, readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { daysBetween } from '../../kernel/dates.ts'
import { money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import { type Customer, customers, mailAddressOf, partitionsOf } from '../../parties/index.ts'
import { type ComposedMail, type SendOutcome, sendOnce } from '../../platform/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { isOpen, outstandingOf, type Receivable } from '../receivable/receivable.ts'
import { type DunningNotice, dunningNotices, noticesIn } from './dunning.table.ts'
import type { DunnedReceivable } from './dunning.ts'
import { dunningMail } from './dunning-mail.ts'
import { overdueRecords, raiseNotices } from './raise-notices.ts'

/** One customer's dunning of one day: what `dun-customer` is sent. */
export interface CustomerDay {
  customerId: string
  day: string
}

/** Tells mailboxes that nobody waits for an answer, so that no absence note comes back. */
const headers = { 'Auto-Submitted': 'auto-generated' }
const chinese = new Set(['CN', 'TW', 'HK', 'MO'])

/** The customer's language: that of the firm, but for a customer in another country of a Chinese firm. */
const localeOf = ({ addresses = [] }: Customer, { locale }: Tenant): Locale =>
  addresses.some(({ country }) => country) && !addresses.some(({ country }) => country && chinese.has(country)) ? 'en' : locale

/** Notices of that day that were decided before, by a run that may have ended before their mails were sent. */
async function noticesOf(ctx: Context, customer: Customer, day: string): Promise<DunningNotice[]> {
  const pages = await Promise.all(partitionsOf(customer).map((home) => queryPage(ctx, noticesIn(home), { limit: 10, consistent: true })))
  return pages.flatMap(({ items }) => items.map((item) => recordOf(dunningNotices, item))).filter(({ on }) => on === day)
}

const named = (receivable: Receivable, day: string): DunnedReceivable => ({
  number: receivable.number,
  issuedOn: receivable.issuedOn,
  dueOn: receivable.dueOn,
  outstanding: money(outstandingOf(receivable), receivable.amount.currency),
  daysOverdue: daysBetween(receivable.dueOn, day),
})

interface ToSend {
  tenant: Tenant
  customer: Customer
  address: { email: string; contact?: string }
  settings: DunningSettings
  overdue: Receivable[]
}

/** Sends the mail of a notice once, of what is still open and not disputed; nothing when all was settled meanwhile. */
function send(ctx: Context, { id, level, on, receivables }: DunningNotice, given: ToSend): Promise<SendOutcome> | undefined {
  const { tenant, customer, address, settings, overdue } = given
  const open = overdue.filter((receivable) => receivables.includes(receivable.id) && isOpen(receivable) && !receivable.disputed)
  if (open.length === 0) return undefined
  const firm = tenant.sender?.name ?? tenant.name
  const compose = (): ComposedMail => ({
    from: { name: firm, ...(tenant.sender?.email ? { email: tenant.sender.email } : {}) },
    to: address.email,
    headers,
    ...dunningMail({
      level,
      settings,
      locale: localeOf(customer, tenant),
      firm,
      customer: customer.name,
      contact: address.contact ?? customer.name,
      today: on,
      receivables: open.map((receivable) => named(receivable, on)),
    }),
  })
  return sendOnce(ctx, { key: ['dunning', id], compose })
}

/**
 * Duns a customer for a day: decides, then mails, each once however often it is asked for. `nothing-due` is no mail: nothing has
 * reached a new level, it has no address, or the firm has switched dunning off.
 */
export async function dunCustomer(ctx: Context, { customerId, day }: CustomerDay): Promise<SendOutcome | 'nothing-due'> {
  const [tenant, customer] = await Promise.all([readTenant(ctx), find(ctx, customers, customerId, { consistent: true })])
  const settings = tenant.dunning ?? []
  const address = customer && (await mailAddressOf(ctx, customer))
  if (!customer || !address) return 'nothing-due'
  const [before, overdue] = await Promise.all([noticesOf(ctx, customer, day), overdueRecords(ctx, customer, day)])
  const notices = [...before, ...(await raiseNotices(ctx, { customer, day, settings, overdue }))]
  if (notices.length === 0) return 'nothing-due'
  let result: SendOutcome | 'nothing-due' = 'nothing-due'
  for (const notice of notices) {
    const outcome = await send(ctx, notice, { tenant, customer, address, settings, overdue })
    // A mail that has to wait brings the customer back; what was sent by then is sent.
    if (outcome && typeof result !== 'object') result = outcome
  }
  return result
}
