import type { Context } from '../../kernel/context.ts'
import { type Customer, creditKey, customers } from '../../parties/index.ts'
import type { Item } from '../../store/item.ts'
import { readItems } from '../../store/read-items.ts'
import { exactly, numbersOf, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'

/**
 * The credit item of a partition counts in `hands` how often its books followed their customer to another owner. What comes into the
 * books is written with the owner that the customer had when it was read: when the books have followed to another one since, nobody
 * would come by for it any more.
 */

/**
 * Holds a commit that brings something into the books of a partition to the owner that the customer was read with; stale when its books
 * have followed to another one since. `credit` is the credit item, read with the customer or before it. Nothing more is written where the
 * commit changes that item anyway. The first that comes into the books has none to rest on, and holds the customer itself.
 */
export const holdOwner = (customer: Customer, home: string, credit: Item | undefined): Write =>
  credit
    ? tallyWrite({ key: creditKey(home), add: {}, limits: [exactly('hands', numbersOf(credit).hands ?? 0)] })
    : customers.keepField(customer, 'ownerId')

/** The same where the credit item was read along with the customer, by the id that the caller named: one that was merged away is held itself. */
export async function holdOwnerAlong(along: Context, customer: Customer, named: string): Promise<Write> {
  const [credit] = customer.id === named ? await readItems(along, [creditKey(named)], { consistent: true }) : []
  return holdOwner(customer, customer.id, credit)
}

/** Tells whoever is writing to the books of these partitions that they follow their customer: committed before they are looked through. */
export async function followCustomer(ctx: Context, homes: readonly string[]): Promise<Write[]> {
  const items = await readItems(ctx, homes.map(creditKey), { consistent: true })
  return homes.filter((_, i) => items[i]).map((home) => tallyWrite({ key: creditKey(home), add: { hands: 1 } }))
}
