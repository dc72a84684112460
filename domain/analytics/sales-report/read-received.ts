import type { Context } from '../../kernel/context.ts'
import { visibleReceived } from '../receipt-report/report-receipts.ts'
import { customersOf } from '../report/labels.ts'
import { regionOf, type SalesFact } from './sales-fact.ts'

/** Money received as facts, with tax: of the owner of the customer, who cares for it. Customers are read where regions are asked for. */
export async function readReceived(
  ctx: Context,
  span: { from: string; to: string },
  wantsRegions: boolean,
  take: (fact: SalesFact) => void,
): Promise<void> {
  const received = await visibleReceived(ctx, span)
  const partitions = wantsRegions ? [...new Set(received.flatMap(({ partition }) => partition ?? []))] : []
  const customers = await customersOf(ctx, partitions)
  for (const { on, partition = '', ownerId, currency, amount, base } of received)
    take({
      on,
      partition,
      repId: ownerId ?? null,
      region: regionOf(customers.get(partition)?.addresses),
      currency,
      own: amount,
      amount: base,
      lines: [],
    })
}
