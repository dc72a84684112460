import type { Context } from '../../kernel/context.ts'
import { type Customer, creditKey, partitionsOf } from '../../parties/index.ts'
import { readItems } from '../../store/read-items.ts'
import { numbersOf } from '../../store/tally.ts'
import { figuresOf } from '../credit/credit-item.ts'

/** The credit exposure of customers today, in minor units of the books, by customer id: half a unit of reading each. */
export async function exposuresOf(ctx: Context, customers: readonly Customer[], day: string): Promise<Map<string, number>> {
  const homes = customers.flatMap((customer) => partitionsOf(customer).map((home) => ({ id: customer.id, home })))
  const items = await readItems(
    ctx,
    homes.map(({ home }) => creditKey(home)),
  )
  const exposures = new Map(customers.map(({ id }) => [id, 0]))
  for (const [i, { id }] of homes.entries()) {
    const { exposure, matured } = figuresOf(numbersOf(items[i]), day)
    exposures.set(id, exposures.get(id)! + exposure - matured)
  }
  return exposures
}
