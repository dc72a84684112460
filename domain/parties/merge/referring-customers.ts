import type { Context } from '../../kernel/context.ts'
import { queryPage, type Range } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { type CustomerReference, customerPartition, customers, referrersPrefix } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { mergeStates, turnedReference, turnedReferences } from './merge.table.ts'
import type { MergeError } from './merge.ts'
import type { Move, Referrer } from './referrer.ts'

interface Mark {
  ref: string
  field: CustomerReference
}

/** A customer comes with its cards and two marks for each reference; the job has two items of its own. */
const marksAtOnce = 8
const deepestGroup = 10

/** What points back: marks in the partition of the duplicate, or what this merge has turned. */
const marksOf = ({ mergeId, from, isUndo }: Move): Range =>
  isUndo ? turnedReferences(mergeId) : { partition: customerPartition(from), prefix: referrersPrefix }

/** Ids of the customer and all above it. */
async function lineOf(ctx: Context, customer: Customer): Promise<Set<string>> {
  const line = new Set([customer.id])
  let above = customer.parentCustomerId
  for (let level = 0; above && level <= deepestGroup; level++) {
    const next: Customer | undefined = await find(ctx, customers, above, { consistent: true })
    if (!next || line.has(next.id)) break
    line.add(next.id)
    above = next.parentCustomerId
  }
  return line
}

const circle = (id: string): MergeError => ({
  code: 'merge.group-circle',
  on: id,
  message: 'This customer stood both above and below the merged ones in the group. It has no parent any more.',
})

/** The customer with its references turned; one that would make a circle of the group is taken out and told of. */
function turnedCustomer(customer: Customer, fields: CustomerReference[], move: Move, line: Set<string>) {
  const errors: MergeError[] = []
  const after = { ...customer }
  for (const field of fields.filter((one) => customer[one] === move.from)) {
    if (field === 'parentCustomerId' && line.has(customer.id)) {
      delete after[field]
      errors.push(circle(customer.id))
    } else after[field] = move.to.id
  }
  return { after, errors }
}

/** Customers whose parent or referrer the duplicate was. Found by marks in its partition; nothing is scanned. */
export const referringCustomers: Referrer = {
  kind: 'customers',
  async turn(ctx, move, after) {
    const { items, more } = await queryPage(ctx, marksOf(move), { limit: marksAtOnce, after, consistent: true })
    const marks: Mark[] = items.map(({ sk, ref }) => ({ ref: ref as string, field: String(sk).split('#').at(-1) as CustomerReference }))
    const wanted = marks.map(({ ref }) => ({ entity: customers, id: ref }))
    const found = await findMany(ctx, wanted, { consistent: true })
    const line = marks.length > 0 ? await lineOf(ctx, move.to) : new Set<string>()
    const states = marks.length > 0 && !move.isUndo ? await find(ctx, mergeStates, move.mergeId) : undefined
    const byCustomer = Map.groupBy(marks, ({ ref }) => ref)
    const all = [...byCustomer].flatMap(([ref, own]) => {
      const before = found.get(ref) as Customer | undefined
      if (before?.id !== ref) return []
      const fields = own.map(({ field }) => field).filter((field) => before[field] === move.from)
      if (fields.length === 0) return []
      const { after: next, errors } = turnedCustomer(before, fields, move, line)
      const kept = states ? fields.map((field) => turnedReference(move.mergeId, { ref, field }, states.expiresAt)) : []
      return [{ writes: [customers.replace(ctx, before, next), ...kept], errors }]
    })
    return {
      count: all.length,
      writes: all.flatMap(({ writes }) => writes),
      errors: all.flatMap(({ errors }) => errors),
      after: more && items.length > 0 ? String(items.at(-1)!.sk) : undefined,
    }
  },
}
