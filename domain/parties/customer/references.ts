import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import type { Money } from '../../kernel/money.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { find } from '../../store/read.ts'
import { seenCustomer } from './access.ts'
import { customers } from './customer.table.ts'
import type { Customer } from './customer.ts'

interface References {
  parentCustomerId?: string | null | undefined
  referredById?: string | null | undefined
  teamMembers?: { userId: string }[] | null | undefined
}

interface Limits {
  creditLimit?: Money | null | undefined
  overdueLimit?: Money | null | undefined
}

const deepestGroup = 10

/** Walks up the group; a customer that stands above itself would make a circle. */
async function requireNoCircle(ctx: Context, id: string, parent: Customer): Promise<void> {
  let above: Customer | undefined = parent
  for (let level = 0; above; level++) {
    if (above.id === id || level === deepestGroup)
      throw invalid('customer.group-circle', '/parentCustomerId', 'This parent belongs to the customer itself, or the group is too deep.')
    above = above.parentCustomerId ? await find(ctx, customers, above.parentCustomerId, { consistent: true }) : undefined
  }
}

/** 422 `money.currency-mismatch` for a limit in another currency than the books': exposure could not be compared with it. */
export function requireOwnCurrency(ctx: Context, limits: Limits): void {
  const { currency } = ctx.tenant
  for (const name of ['creditLimit', 'overdueLimit'] as const)
    if (limits[name] && limits[name].currency !== currency)
      throw invalid('money.currency-mismatch', `/${name}/currency`, `This is an amount in ${currency}, the currency of the firm.`)
}

/** Everything a customer refers to exists and is the caller's to see: 404 at its place otherwise. */
export async function requireReferences(ctx: Context, input: References, id?: string): Promise<void> {
  if (input.referredById) {
    if (input.referredById === id) throw invalid('customer.refers-to-itself', '/referredById', 'A customer cannot recommend itself.')
    await seenCustomer(ctx, input.referredById, { pointer: '/referredById' })
  }
  if (input.parentCustomerId) {
    const { customer: parent } = await seenCustomer(ctx, input.parentCustomerId, { pointer: '/parentCustomerId' })
    if (id) await requireNoCircle(ctx, id, parent)
  }
  if (!input.teamMembers || input.teamMembers.length === 0) return
  requireDistinct(
    input.teamMembers.map((member) => member.userId),
    '/teamMembers',
  )
  const known = new Set((await knownUsers(ctx)).map((user) => user.id))
  for (const [i, member] of input.teamMembers.entries()) if (!known.has(member.userId)) throw notFound('user', `/teamMembers/${i}/userId`)
}
