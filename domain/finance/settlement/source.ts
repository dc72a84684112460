import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Money, minor, money } from '../../kernel/money.ts'
import { rule } from '../../kernel/parse-input.ts'
import { PostedMoney, shareOfBase } from '../amount.ts'
import { ReceivableId } from '../receivable/receivable.ts'

/** One transaction takes so many: a receivable is two items of it. */
export const mostAllocations = 40

/** A share of a receipt, credit note or write-off that settles a receivable (核销). */
const Allocation = z
  .object({
    receivableId: ReceivableId,
    amount: Money,
    allocatedOn: BusinessDate.meta({ description: 'From this day on it counts.' }),
  })
  .meta({ id: 'Allocation' })

const AllocationInput = z
  .strictObject({
    receivableId: ReceivableId,
    amount: PostedMoney,
    allocatedOn: BusinessDate.nullish().meta({
      description:
        'When left out, the later of the two documents’ dates, or the first day after that which is not closed and since which it fits.',
    }),
  })
  .meta({ id: 'AllocationInput' })
export type AllocationInput = z.output<typeof AllocationInput>

const isFew = (all: unknown[]) => all.length <= mostAllocations

/** To which receivables: named, or those due first. */
export const allocationInputs = {
  allocations: z
    .array(AllocationInput)
    .refine(isFew, rule('allocation.too-many', `takes at most ${mostAllocations}: send the rest by /allocate`))
    .meta({ description: `At most ${mostAllocations}, of the same customer and currency.` }),
  allocate: z
    .literal('oldest-first')
    .meta({ description: 'To what is due first, as far as it goes; what belongs to orderId before the rest.' }),
}

/** As it is stored. */
export const StoredAllocation = z.object({ receivableId: z.string(), units: z.int(), allocatedOn: BusinessDate })
export type StoredAllocation = z.output<typeof StoredAllocation>

/** How a source came to an end before its time. */
const Ended = z.object({ on: BusinessDate, how: z.enum(['reversed', 'dishonoured']), reason: z.string().optional() })

/** What every source of settlement stores besides its own fields. */
export const sourceFields = {
  number: z.string(),
  exchangeRate: z.string(),
  ownerId: z.string().optional(),
  /** Minor units that it settles with, deductions among them, and the same in the currency of the books. */
  total: z.int(),
  base: z.int(),
  allocations: z.array(StoredAllocation),
  refunds: z.array(z.object({ on: BusinessDate, units: z.int() })).optional(),
  ended: Ended.optional(),
  /** Something of it was un-allocated: less was left on earlier days than is now. */
  givenBack: z.literal(true).optional(),
}

/** A receipt, credit note or write-off. */
export interface Source {
  id: string
  customerId?: string | undefined
  ownerId?: string | undefined
  /** Some id of the partition it is posted in, where that is not its own. */
  identifiedIn?: string | undefined
  amount: Money
  total: number
  base: number
  allocations: StoredAllocation[]
  refunds?: { on: string; units: number }[] | undefined
  ended?: z.output<typeof Ended> | undefined
  givenBack?: true | undefined
}

const sum = (some: { units: number }[]): number => some.reduce((total, { units }) => total + units, 0)

/** Where it is posted: in its own partition, or that of the customer who was found later. */
export const homeOf = ({ id, identifiedIn }: Pick<Source, 'id' | 'identifiedIn'>): string => identifiedIn ?? id

/** Minor units that are allocated or were paid back. */
export const usedOf = ({ allocations, refunds = [] }: Pick<Source, 'allocations' | 'refunds'>): number => sum(allocations) + sum(refunds)

/** What of a source settles nothing yet, in its minor units; nothing of one that has ended. */
export const unallocatedOf = (source: Source): number => (source.ended ? 0 : source.total - usedOf(source))

/** What is unallocated in the currency of the books, so that all that is used sums to the whole. */
export const unallocatedBaseOf = (source: Source): number =>
  source.ended ? 0 : source.base - shareOfBase({ base: source.base, whole: source.total }, usedOf(source))

/** The shape of all sources as callers see it. */
export const shownSource = <S extends Source>(source: S) => {
  const { currency } = source.amount
  return {
    ...source,
    amount: money(minor(source.amount), currency),
    allocations: source.allocations.map(({ receivableId, units, allocatedOn }) => ({
      receivableId,
      amount: money(units, currency),
      allocatedOn,
    })),
    unallocated: money(unallocatedOf(source), currency),
    reversedOn: source.ended?.on ?? null,
    reversalReason: source.ended?.reason ?? null,
  }
}

/** Fields that callers see of every source, computed. */
export const computedOfSource = {
  allocations: z.array(Allocation),
  unallocated: Money.meta({ description: 'What settles nothing yet.' }),
  reversedOn: BusinessDate.nullable().default(null),
  reversalReason: z.string().nullable().default(null),
}
