import type { Context } from '../kernel/context.ts'
import { queryPage, type Range } from './query.ts'

/** Where a portion of pointers begins, and how many there are in it. */
export interface PointedFrom {
  limit: number
  /** As the portion before said. */
  after?: string | undefined
}

/** What a portion of pointers leads to; `next` says where the next begins, undefined when these were the last. */
export interface Pointed<T> {
  found: T[]
  next?: string | undefined
}

/** Access pattern: the ids that pointers of a range lead to, in order; 1 Query a portion. */
export async function pointedIn(ctx: Context, range: Range, { limit, after }: PointedFrom): Promise<Pointed<string>> {
  const { items, more } = await queryPage<{ sk: string; ref: string }>(ctx, range, { limit, after })
  return { found: items.map(({ ref }) => ref), next: more ? items.at(-1)?.sk : undefined }
}
