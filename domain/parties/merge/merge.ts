import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Customer, CustomerId } from '../customer/customer.ts'

const MergeId = idOf('mrg').meta({ description: 'Id of a merge' })

/** Fields of which the survivor has one value: where both have one that differs, it wins, or the caller chooses. */
export const choosable = [
  ...(['name', 'shortName', 'externalId', 'taxNumber', 'email', 'website', 'industry', 'source', 'kind'] as const),
  ...(['parentCustomerId', 'referredById', 'billing', 'ownerId', 'level', 'growthPotential', 'poor', 'lifecycleStage'] as const),
  ...(['creditLimit', 'overdueLimit', 'holdWhenOverdueDays', 'paymentTerms', 'priceLevel', 'notes'] as const),
] as const
export type Choosable = (typeof choosable)[number]

const Side = z.enum(['survivor', 'duplicate'])
export type Side = z.output<typeof Side>
export type Choices = { [F in Choosable]?: Side | undefined }

const Choice = Object.fromEntries(choosable.map((field) => [field, Side.optional()])) as { [F in Choosable]: z.ZodOptional<typeof Side> }

/** What callers send, for the preview as for the merge. */
export const MergeRequest = z
  .strictObject({
    duplicateId: CustomerId.meta({ description: 'The customer that goes; its id answers with the survivor from then on.' }),
    choices: z.strictObject(Choice).optional().meta({ description: "Whose value stands where both have one. Left out: the survivor's." }),
  })
  .meta({ id: 'MergeRequest' })
export type MergeRequest = z.output<typeof MergeRequest>

const Conflict = z.object({
  field: z.string(),
  survivor: z.unknown().meta({ description: 'The value of the survivor.' }),
  duplicate: z.unknown().meta({ description: 'The value of the duplicate.' }),
  stands: Side.meta({ description: 'Whose value stands, by rule or by choice.' }),
})

/** What a list of the survivor has no room for: it stays with nobody. */
const LeftOut = z.object({ field: z.string(), values: z.array(z.unknown()) })

export const MergePreview = z
  .object({
    survivorId: z.string(),
    duplicateId: z.string(),
    result: Customer.meta({ description: 'The survivor as it would be.' }),
    gained: z.array(z.string()).meta({ description: 'Fields in which the survivor gains something.' }),
    conflicts: z.array(Conflict),
    leftOut: z.array(LeftOut).meta({ description: 'What of the lists of the duplicate does not fit into those of the survivor.' }),
  })
  .meta({ id: 'MergePreview' })

const Counted = z.object({ kind: z.string(), count: z.int() })

/** Something that could not be merged or undone as asked; all else was. */
export const MergeError = z
  .object({ code: z.string(), on: z.string().meta({ description: 'Id of the record, or name of the field.' }), message: z.string() })
  .meta({ id: 'MergeError' })
export type MergeError = z.output<typeof MergeError>

const statuses = ['running', 'done', 'undoing', 'undone'] as const

/** A merge as callers see it. */
export const Merge = z
  .object({
    id: MergeId,
    survivorId: z.string(),
    duplicateId: z.string(),
    status: z.enum(statuses),
    progress: z
      .object({ done: z.int(), of: z.int(), records: z.int() })
      .meta({ description: 'Kinds of records that are done, of how many; and records moved so far.' }),
    report: z.object({
      gained: z.array(z.string()).meta({ description: 'Fields in which the survivor gained something.' }),
      moved: z.array(Counted).meta({ description: 'Records that went to the survivor, by kind.' }),
      returned: z.array(Counted).meta({ description: 'Records that went back when it was undone.' }),
    }),
    errors: z.array(MergeError),
    undoUntil: Instant.meta({ description: 'Until when it can be undone.' }),
    finishedAt: Instant.nullable().default(null),
    version: z.int(),
    createdAt: Instant,
    createdBy: z.string(),
    updatedAt: Instant,
  })
  .meta({ id: 'Merge' })

/** Where the job stands: the kind of records it is at, and behind which of them. */
const Position = z.object({ kind: z.int(), after: z.string().optional() })

export const MergeRecord = Merge.omit({ progress: true, report: true, finishedAt: true }).extend({
  id: z.string(),
  gained: z.array(z.string()),
  moved: z.record(z.string(), z.int()),
  returned: z.record(z.string(), z.int()),
  /** The customers whose partitions go over: the duplicate and those once merged into it. */
  partitions: z.array(z.string()),
  /** Missing when nothing is left to do. */
  position: Position.optional(),
  kinds: z.int(),
  finishedAt: Instant.optional(),
})
export type MergeRecord = z.output<typeof MergeRecord>

const counted = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1))
const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** True when it is being taken back, or was. */
export const isUndo = ({ status }: MergeRecord): boolean => status === 'undoing' || status === 'undone'

/** The record as callers see it. */
export function shownMerge({ gained, moved, returned, position, kinds, ...rest }: MergeRecord) {
  const now = isUndo(rest as MergeRecord) ? returned : moved
  return {
    ...rest,
    progress: { done: position ? position.kind : kinds, of: kinds, records: total(now) },
    report: { gained, moved: counted(moved), returned: counted(returned) },
  }
}

export type ShownMerge = ReturnType<typeof shownMerge>
