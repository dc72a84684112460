import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { send } from './database.ts'
import type { Item } from './item.ts'
import { joinParts, type KeyParts, tenantKey } from './keys.ts'

type Index = 'gsi1' | 'gsi2'

/** A range of one partition. `from` and `to` are inclusive bounds of the sort key, `prefix` is completed by its delimiter. */
export interface Range {
  index?: Index
  partition: KeyParts
  prefix?: KeyParts
  from?: string
  to?: string
  /** Newest or greatest first. */
  reverse?: boolean
}

export interface QueryOptions {
  limit?: number
  /** Continue behind this sort key. */
  after?: string | undefined
  consistent?: boolean
}

const last = '\uffff'

/** Lower and upper bound of a range, narrowed by the place where the former page ended. */
function bounds(range: Range, after: string | undefined): { low: string; high: string } {
  const prefix = range.prefix ? `${joinParts(range.prefix)}#` : ''
  const low = range.from ?? prefix
  const high = range.to ?? `${prefix}${last}`
  if (after === undefined) return { low, high }
  return range.reverse ? { low, high: after } : { low: after, high }
}

/**
 * One page of a range, in order; who asks says of which type its items are. `more` says that the range goes on. Sort keys are
 * unique within a range, so the sort key of the last item is the whole position and a cursor needs nothing else.
 */
export async function queryPage<I extends object = Item>(
  ctx: Context,
  range: Range,
  options: QueryOptions = {},
): Promise<{ items: I[]; more: boolean }> {
  const sk = range.index ? `${range.index}sk` : 'sk'
  const { low, high } = bounds(range, options.after)
  if (low > high) return { items: [], more: false }
  // BETWEEN includes the item at `after`: one more is read and dropped.
  const Limit = options.limit === undefined ? undefined : options.limit + (options.after === undefined ? 0 : 1)
  const answer = await send<{ Items?: I[]; LastEvaluatedKey?: object }>(
    ctx,
    new QueryCommand({
      TableName: ctx.db.table,
      IndexName: range.index,
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :low AND :high',
      ExpressionAttributeNames: { '#pk': range.index ? `${range.index}pk` : 'pk', '#sk': sk },
      ExpressionAttributeValues: { ':pk': tenantKey(ctx, range.partition), ':low': low || ' ', ':high': high },
      ScanIndexForward: !range.reverse,
      Limit,
      ConsistentRead: options.consistent,
    }),
  )
  const items = (answer.Items ?? []).filter((item) => (item as Item)[sk] !== options.after)
  const kept = options.limit === undefined ? items : items.slice(0, options.limit)
  return { items: kept, more: answer.LastEvaluatedKey !== undefined || kept.length < items.length }
}

/** A range page by page, as large as the database makes them. */
export async function* queryPages<I extends object = Item>(
  ctx: Context,
  range: Range,
  options: Omit<QueryOptions, 'limit'> = {},
): AsyncGenerator<I[]> {
  const sk = range.index ? `${range.index}sk` : 'sk'
  let { after } = options
  for (let isMore = true; isMore; ) {
    const { items, more } = await queryPage<I>(ctx, range, { ...options, after })
    yield items
    after = (items.at(-1) as Item | undefined)?.[sk] as string | undefined
    isMore = more && items.length > 0
  }
}

/** Everything of a range. For ranges that are small by nature (the users of a tenant, what is due today). */
export async function queryAll<I extends object = Item>(
  ctx: Context,
  range: Range,
  options: Omit<QueryOptions, 'limit'> = {},
): Promise<I[]> {
  const all: I[] = []
  for await (const page of queryPages<I>(ctx, range, options)) all.push(...page)
  return all
}
