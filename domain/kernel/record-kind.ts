import type * as z from 'zod'
import type { Context } from './context.ts'

/** What every record has that a kind deals with. */
export interface KindRecord {
  id: string
  version: number
}

/**
 * The use cases of one noun as batch, upsert, import and export call them, so that what comes in many at once is held to the
 * same rules as one at a time. Each context declares its own kinds; whoever runs them is given them and knows no noun.
 */
export interface RecordKind<R extends KindRecord = KindRecord> {
  /** The collection in addresses, e.g. `customers`. */
  name: string
  /** The noun of its errors and events, e.g. `customer`. */
  noun: string
  /** What a create and a change take; what `create` has beyond `change` is fixed once it is set. */
  Create: z.ZodObject
  Change: z.ZodObject
  permissions: { read: string; write: string; remove?: string }
  get(ctx: Context, input: { id: string }): Promise<R>
  create(ctx: Context, input: never): Promise<R>
  change(ctx: Context, input: { id: string; changes: never; ifMatch?: string | undefined }): Promise<R>
  /**
   * Reads consistently, in few calls, what creates of these are going to read, for who does several of them (openReadAhead). The inputs
   * are not checked yet: what is wrong with one, its create tells.
   */
  foresee?(ctx: Context, inputs: readonly object[]): Promise<void>
  /** Of the items that are foreseen those of which nothing is lost when they are a minute old (lastingItems). */
  isLasting?(item: Record<string, unknown>): boolean
  /** Left out where records are never deleted. */
  remove?(ctx: Context, input: { id: string; ifMatch?: string | undefined }): Promise<void>
}
