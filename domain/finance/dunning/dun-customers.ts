import { type DunningSettings, readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { daysBetween } from '../../kernel/dates.ts'
import { money } from '../../kernel/money.ts'
import type { Locale } from '../../kernel/text.ts'
import { type Customer, customers, isThingOf, languageOf, type MailAddress, mailAddressesOf, partitionsOf } from '../../parties/index.ts'
import { type ComposedMail, type SendOutcome, sendOnce } from '../../platform/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage } from '../../store/query.ts'
import { findMany, inOrder } from '../../store/read.ts'
import { receivables } from '../receivable/receivable.table.ts'
import { isOpen, outstandingOf, type Receivable } from '../receivable/receivable.ts'
import { type DunningNotice, dunningNotices, noticesIn } from './dunning.table.ts'
import type { DunnedReceivable } from './dunning.ts'
import { dunningMail } from './dunning-mail.ts'
import type { DunningGroup } from './plan-dunning.ts'
import { type Overdue, raiseNotices } from './raise-notices.ts'

/** A notice that was decided, with what its mail is made from. */
interface DecidedNotice {
  notice: DunningNotice
  tenant: Tenant
  settings: DunningSettings
  customer: Customer
  address: MailAddress
  overdue: readonly Receivable[]
}

/** Tells mailboxes that nobody waits for an answer, so that no absence note comes back. */
const headers = { 'Auto-Submitted': 'auto-generated' }

/** The account that customers pay to, as it stands on documents in the language; undefined while the firm has named none. */
function accountOf({ name, letterhead }: Tenant, locale: Locale): string | undefined {
  const own = letterhead?.bankAccounts
  const [account] = (locale === 'en' ? (letterhead?.english?.bankAccounts ?? own) : own) ?? []
  const firm = (locale === 'en' ? letterhead?.english?.name : undefined) ?? letterhead?.name ?? name
  return (
    account && [account.holder ?? firm, account.bank, account.account, account.swift].filter(Boolean).join(locale === 'en' ? ', ' : '，')
  )
}

/** The customers of a group with what is overdue of them, as they are now, in one call. */
async function overdueOf(ctx: Context, { customers: asked }: DunningGroup): Promise<Overdue[]> {
  const wanted = asked.flatMap(({ id, receivables: ids }) => [
    { entity: customers, id },
    ...ids.map((receivable) => ({ entity: receivables, id: receivable })),
  ])
  const found = await findMany(ctx, wanted, { consistent: true })
  return asked.flatMap(({ id, receivables: ids }) => {
    const customer = found.get(id) as Customer | undefined
    if (!customer) return []
    const overdue = inOrder(ids, found) as Receivable[]
    return { customer, overdue: overdue.filter((one) => isOpen(one) && isThingOf(customer, one.id)) }
  })
}

/** Notices of that day that were decided before, by a run that ended before their mails were sent; marks tell that there are some. */
async function noticesOf(ctx: Context, { customer, overdue }: Overdue, day: string): Promise<DunningNotice[]> {
  if (!overdue.some(({ dunned }) => dunned?.on === day)) return []
  const pages = await Promise.all(partitionsOf(customer).map((home) => queryPage(ctx, noticesIn(home), { limit: 10, consistent: true })))
  return pages.flatMap(({ items }) => items.map((item) => recordOf(dunningNotices, item))).filter(({ on }) => on === day)
}

/**
 * Decides what a group of customers is told on a day, each once however often it is asked for, and answers the notices whose mails may
 * still have to go out. Left out is who has no address, and everybody when the firm has switched dunning off.
 */
export async function decideNotices(ctx: Context, group: DunningGroup): Promise<DecidedNotice[]> {
  const [tenant, all] = await Promise.all([readTenant(ctx), overdueOf(ctx, group)])
  const settings = tenant.dunning ?? []
  const addresses = await mailAddressesOf(
    ctx,
    all.map(({ customer }) => customer),
  )
  const reachable = all.filter(({ customer }) => addresses.has(customer.id))
  const before = await Promise.all(reachable.map((one) => noticesOf(ctx, one, group.day)))
  const notices = [...before.flat(), ...(await raiseNotices(ctx, reachable, group.day, settings))]
  const whose = new Map(reachable.flatMap((one) => one.overdue.map(({ id }) => [id, one])))
  return notices.flatMap((notice) => {
    const of = notice.receivables.map((id) => whose.get(id)).find((one) => one !== undefined)
    return of ? { notice, tenant, settings, ...of, address: addresses.get(of.customer.id)! } : []
  })
}

const named = (receivable: Receivable, day: string): DunnedReceivable => ({
  number: receivable.number,
  issuedOn: receivable.issuedOn,
  dueOn: receivable.dueOn,
  outstanding: money(outstandingOf(receivable), receivable.amount.currency),
  daysOverdue: daysBetween(receivable.dueOn, day),
})

/** Sends the mail of a notice once, of what is still open and not disputed; `nothing-due` when all was settled before. */
export async function sendNotice(ctx: Context, decided: DecidedNotice): Promise<SendOutcome | 'nothing-due'> {
  const { tenant, customer, address, settings, overdue } = decided
  const { id, level, on, receivables: told } = decided.notice
  const open = overdue.filter((receivable) => told.includes(receivable.id) && !receivable.disputed)
  if (open.length === 0) return 'nothing-due'
  const firm = tenant.sender?.name ?? tenant.name
  const locale = languageOf(customer, address, tenant.locale)
  const compose = (): ComposedMail => ({
    from: { name: firm, ...(tenant.sender?.email ? { email: tenant.sender.email } : {}) },
    to: address.email,
    headers,
    ...dunningMail({
      ...{ level, settings, locale, firm, customer: customer.name, payTo: accountOf(tenant, locale) },
      contact: address.contact ?? customer.name,
      today: on,
      receivables: open.map((receivable) => named(receivable, on)),
    }),
  })
  return sendOnce(ctx, { key: ['dunning', id], compose })
}
