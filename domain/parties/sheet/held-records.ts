import type { Context } from '../../kernel/context.ts'
import { queryPage } from '../../store/query.ts'
import { customerPartition } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'

/** What of a customer people add by themselves, by the beginning of its keys. */
const nouns = { contacts: 'CON', activities: 'ACT', 'follow-ups': 'FUP', files: 'FIL' } as const

/**
 * Why a customer is more than what was imported: somebody added to it since. Undefined when nobody did. A follow-up that is
 * open may have come with the customer; had it come later, the customer would be of a later version.
 */
export async function heldRecords(ctx: Context, customer: Customer): Promise<string | undefined> {
  for (const [noun, prefix] of Object.entries(nouns)) {
    const { items } = await queryPage(ctx, { partition: customerPartition(customer.id), prefix: [prefix] }, { consistent: true })
    if (items.some((item) => item.status !== 'open')) return `It has ${noun} that were added since.`
  }
  return undefined
}
