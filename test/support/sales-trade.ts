import { expect } from 'vitest'
import type { OutboxItem } from '../../domain/store/outbox.ts'
import { detailTypeOf } from '../../events/define.ts'
import { hand, messageOf } from './deliver.ts'
import { cny, financeAs } from './finance.ts'
import { listeners } from './listeners.ts'
import { customerOf } from './parties.ts'
import { eventsOf } from './quote-to-cash.ts'
import { salesAs } from './sales.ts'
import type { SalesBook } from './sales-oracle.ts'
import { newTenant } from './tenant.ts'

const limit = 200_000

/** A firm whose rep sells within the credit, and whose admin approves what goes beyond. */
export async function firmWithCredit() {
  const tenant = await newTenant({ creditPolicy: 'block', overDeliveryPercent: 10 })
  const rep = await tenant.user('rep')
  const [sell, approve, keep] = [salesAs(tenant, rep), salesAs(tenant, tenant.admin), financeAs(tenant, tenant.admin)]
  return { tenant, rep, sell, approve, keep, ctx: await tenant.as(tenant.admin) }
}
export type Firm = Awaited<ReturnType<typeof firmWithCredit>>

/** Those that open receivables and credit returns. */
const keepers = listeners.filter(({ name }) => /^(open-receivables|credit-return|keep-open-sums)/.test(name))

/** A customer of a firm: what the rules say is there of its documents, and which news of it have been told. */
export interface Trade extends Firm {
  customerId: string
  book: SalesBook
  told: Set<string>
}

export async function openTrade(firm: Firm): Promise<Trade> {
  const { id: customerId } = await customerOf(firm.tenant, firm.tenant.admin, { creditLimit: cny(limit / 100), ownerId: firm.rep.id })
  const book: SalesBook = { limit, overPercent: 10, quotes: [], orders: [], shipments: [], credited: 0, paid: 0 }
  return { ...firm, customerId, book, told: new Set() }
}

/** Brings the news to those who keep the books, and the news of that as well. */
export async function spread({ ctx, customerId, told }: Trade): Promise<void> {
  for (;;) {
    const news = ((await eventsOf(ctx, customerId)) as unknown as OutboxItem[]).filter(({ id }) => !told.has(id))
    if (news.length === 0) return
    for (const event of news) told.add(event.id)
    for (const { detailTypes, consume } of keepers) {
      const mine = news.filter((event) => detailTypes.includes(detailTypeOf(event)))
      if (mine.length > 0) expect((await hand(consume, ...mine.map(messageOf))).batchItemFailures).toEqual([])
    }
  }
}
