import type { Context } from '../../kernel/context.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { dueRange, rangesOf, visibleCustomer } from '../../parties/index.ts'
import { listPage } from '../../store/list.ts'
import { pastPricesOf } from './price.table.ts'
import type { PastPrice } from './price.ts'

export const priceHistoryList = {
  filters: { productId: ['eq'], on: ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] },
  sorts: ['-on', 'on'],
} as const satisfies ListSpec

/** What a customer was quoted and has paid, newest first; of one product with filter[productId]. 404 for a customer out of sight. */
export async function listPriceHistory(ctx: Context, { id, ...input }: ListInput & { id: string }): Promise<Page<PastPrice>> {
  const customer = await visibleCustomer(ctx, id)
  const days = dueRange(input.filter, 'on')
  const ranges = rangesOf(customer, (partition) => ({
    ...pastPricesOf(partition, days, input.filter.productId?.eq),
    reverse: input.sort === '-on',
  }))
  return listPage(ctx, `price-history ${customer.id}`, ranges, input)
}
