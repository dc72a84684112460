import type { PublishedEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import type { Item } from '../../store/item.ts'
import { queryPage } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { customerPartition } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import type { MergeError } from './merge.ts'

/** What is being moved: the things in some partitions, to the customer whose they are now. Undoing is a move as well. */
export interface Move {
  mergeId: string
  /** The customers in whose partitions the things lie. */
  partitions: string[]
  from: string
  to: Customer
  isUndo: boolean
}

/** Some of those that refer to a customer, turned to the other; each page is one transaction. */
export interface TurnedPage {
  count: number
  writes: Write[]
  events?: PublishedEvent[]
  errors?: MergeError[]
  /** Where to go on; missing when these were the last. */
  after?: string | undefined
}

/**
 * A kind of record that refers to customers. Every context that has one hands it to the job (functions/queues/parties/
 * merge-customers.ts). A page has at most 96 items in its writes, and turning what was turned already changes nothing.
 */
export interface Referrer {
  /** As the report names it. */
  kind: string
  turn(ctx: Context, move: Move, after: string | undefined): Promise<TurnedPage>
}

/** A transaction takes 100 items: a record comes with up to three more, and the job's own two. */
const recordsAtOnce = 20

type Thing = Stored & { customerId: string }

interface Turned<T> {
  record: T
  /** What is kept of the record elsewhere; together with it at most four items. */
  writes?: Write[]
  events?: PublishedEvent[]
}

/** The things among items of a partition, with those that lie elsewhere and are pointed to from there. */
export async function thingsAmong<T extends Thing>(ctx: Context, entity: Entity<T>, items: Item[]): Promise<T[]> {
  const pointed = items.flatMap((item) => (item.entity === 'pointer' ? [{ entity, id: item.ref as string }] : []))
  const found = await findMany(ctx, pointed, { consistent: true })
  return [...items.filter((item) => item.entity === entity.type).map((item) => recordOf(entity, item)), ...([...found.values()] as T[])]
}

/**
 * Things that live in the partition of their customer. They stay where they are and say whose they are now; `turned` changes
 * what else follows from that. `always` writes those too that say so already, for the sake of their due entries.
 */
export function thingsOf<T extends Thing>(
  kind: string,
  entity: Entity<T>,
  { turned, always }: { turned(record: T, move: Move): Turned<T>; always?(record: T): boolean },
): Referrer {
  const turnOne = (ctx: Context, move: Move, before: T) => {
    const { record, writes = [], events = [] } = turned({ ...before, customerId: move.to.id }, move)
    const isRight = changedFields(before, record).length === 0 && !always?.(before)
    if (isRight) return { writes: [], events: [] }
    return { writes: [entity.replace(ctx, { ...before, customerId: move.from }, record), ...writes], events }
  }
  return {
    kind,
    async turn(ctx, move, after = '0') {
      const [at = '0', sk] = after.split(' ')
      const partition = move.partitions[Number(at)]
      if (partition === undefined) return { count: 0, writes: [] }
      const prefix = entity.key(partition).sk.slice(0, 1)
      const range = { partition: customerPartition(partition), prefix }
      const { items, more } = await queryPage(ctx, range, { limit: recordsAtOnce, after: sk, consistent: true })
      const found = await thingsAmong(ctx, entity, items)
      const turnedOnes = found.map((record) => turnOne(ctx, move, record))
      const next = more && items.length > 0 ? `${at} ${items.at(-1)!.sk}` : `${Number(at) + 1}`
      const isLast = Number(next.split(' ')[0]) >= move.partitions.length
      return {
        count: found.length,
        writes: turnedOnes.flatMap(({ writes }) => writes),
        events: turnedOnes.flatMap(({ events }) => events),
        after: isLast ? undefined : next,
      }
    },
  }
}
