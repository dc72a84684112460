import type { Context } from '../../kernel/context.ts'
import { visibleReceived } from '../receipt-report/report-receipts.ts'
import { customersOf } from '../report/labels.ts'
import { receivedGoods } from './received-goods.ts'
import { regionOf, type SalesFact } from './sales-fact.ts'

/**
 * Money received as facts, with tax: of the owner of the customer, who cares for it. Customers are read where regions are asked for,
 * what the money paid for where products are.
 */
export async function readReceived(
  ctx: Context,
  span: { from: string; to: string },
  wants: { regions: boolean; products: boolean },
  take: (fact: SalesFact) => void,
): Promise<void> {
  const received = await visibleReceived(ctx, span)
  const partitions = wants.regions ? [...new Set(received.flatMap(({ partition }) => partition ?? []))] : []
  const [customers, goods] = await Promise.all([customersOf(ctx, partitions), wants.products ? receivedGoods(ctx, received) : []])
  for (const [i, { on, partition = '', ownerId, currency, amount, base }] of received.entries())
    take({
      on,
      partition,
      repId: ownerId ?? null,
      region: regionOf(customers.get(partition)?.addresses),
      currency,
      own: amount,
      amount: base,
      lines: goods[i] ?? [],
    })
}
