import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Where } from '../../kernel/search-tree.ts'

const HandoverId = idOf('hnd').meta({ description: 'Id of a handover' })

const Rule = z
  .strictObject({
    where: Where.meta({ description: 'Which customers, by any field of the search, such as level, tags or addresses.city.' }),
    toUserId: UserId,
  })
  .meta({ id: 'HandoverRule' })

/** What callers send: who takes over; with rules, the first that a customer fits, and `toUserId` takes the rest. */
export const HandoverRequest = z
  .strictObject({
    toUserId: UserId.meta({ description: 'Takes over everything, or what no rule gives to somebody else.' }),
    rules: z.array(Rule).max(20).optional(),
  })
  .meta({ id: 'HandoverRequest' })
export type HandoverRequest = z.output<typeof HandoverRequest>

const Moved = z.object({
  kind: z.string(),
  toUserId: z.string().nullable().meta({ description: 'null for what was ended.' }),
  count: z.int(),
})

/** Something that could not be handed over as it was; the job went on without it. */
const HandoverError = z.object({ kind: z.string(), id: z.string(), code: z.string(), message: z.string() })
export type HandoverError = z.output<typeof HandoverError>

/** A handover as callers see it. */
export const Handover = z
  .object({
    id: HandoverId,
    fromUserId: z.string(),
    toUserId: z.string(),
    rules: z.array(Rule).default([]),
    status: z.enum(['running', 'done']),
    progress: z.object({
      kind: z.string().nullable().meta({ description: 'What is being moved; null when all is.' }),
      customers: z.object({ moved: z.int(), of: z.int().meta({ description: 'Customers of the leaver when it began.' }) }),
    }),
    report: z.array(Moved).meta({ description: 'What went to whom, by kind.' }),
    errors: z.array(HandoverError).default([]),
    finishedAt: Instant.nullable().default(null),
    version: z.int(),
    createdAt: Instant,
    createdBy: z.string(),
    updatedAt: Instant,
  })
  .meta({ id: 'Handover' })

/** Where the job stands: the kind of things it is at, and behind which of them; how much this round has moved. */
const Position = z.object({ kind: z.int(), after: z.string().optional(), round: z.int() })

const HandoverRecord = Handover.omit({ finishedAt: true }).extend({ position: Position.optional(), finishedAt: Instant.optional() })
export type Handover = z.output<typeof HandoverRecord>

/** What is handed over first: keys are the leaver's way in. */
export const firstKind = 'api-keys'

/** Stands in counts where nobody takes over. */
export const nobody = '-'

/** The report with what a page has moved. */
export function reported(report: Handover['report'], kind: string, counts: Record<string, number>): Handover['report'] {
  const sums = new Map(report.map((line) => [`${line.kind} ${line.toUserId ?? nobody}`, line]))
  for (const [userId, count] of Object.entries(counts)) {
    const key = `${kind} ${userId}`
    sums.set(key, { kind, toUserId: userId === nobody ? null : userId, count: (sums.get(key)?.count ?? 0) + count })
  }
  return [...sums.values()]
}

/** Everybody who takes something over, each once. */
export const receiversOf = ({ toUserId, rules = [] }: Pick<HandoverRequest, 'toUserId' | 'rules'>): string[] => [
  ...new Set([toUserId, ...rules.map((rule) => rule.toUserId)]),
]
