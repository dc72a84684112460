import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from '../kernel/context.ts'
import { type Problem, StaleWrite } from '../kernel/errors.ts'
import { bothConditions, conditionOf } from './condition.ts'
import { send } from './database.ts'
import { type ItemKey, itemKey } from './entity-definition.ts'
import type { Action, Write } from './write.ts'

/** Numbers of an item by their names; one that was never added to is not there and counts as 0. */
export type Numbers = Record<string, number>

/** What a number of the tally must be after the change, whoever else is changing it. */
export interface TallyLimit {
  of: string
  most?: number
  least?: number
  /** What the caller is told; gets the numbers as they stand. StaleWrite lets the use case read them again. */
  broken(found: Numbers): Problem
}

/** Numbers of one item, changed together by conditional ADD in the transaction of what they follow from. */
export interface TallyChange {
  key: ItemKey
  add: Numbers
  limits?: TallyLimit[]
  /** Attributes that say what the item is, or that follow from numbers which the limits hold exactly. */
  set?: Record<string, unknown>
}

/** A limit as the numbers must stand before anything of the transaction is added. */
interface Bound {
  of: string
  low?: number
  high?: number
  broken(found: Numbers): Problem
}

/** What a transaction does to a tally. */
export interface TallyAction {
  add: Numbers
  bounds: Bound[]
  set: Record<string, unknown>
}

const boundOf = ({ of, most, least, broken }: TallyLimit, add: Numbers): Bound => ({
  of,
  ...(most === undefined ? {} : { high: most - (add[of] ?? 0) }),
  ...(least === undefined ? {} : { low: least - (add[of] ?? 0) }),
  broken,
})

/** Part of a commit. Several changes of one tally are summed, each limit holding after its own change; a change of nothing is no action. */
export const tallyWrite = ({ key, add, limits = [], set = {} }: TallyChange): Write<void> => ({
  result: undefined,
  actions: (ctx) => {
    const some = Object.fromEntries(Object.entries(add).filter(([, by]) => by !== 0))
    const tally = { add: some, bounds: limits.map((limit) => boundOf(limit, some)), set }
    return isNothing(tally) ? [] : [{ ...itemKey(ctx, key), tally }]
  },
})

/** A limit of exactly one value; stale otherwise: for what follows from a number that was read. */
export const exactly = (of: string, value: number): TallyLimit => ({ of, most: value, least: value, broken: () => new StaleWrite() })

/** The numbers as they stand, read consistently. */
export async function readTally(ctx: Context, key: ItemKey): Promise<Numbers> {
  const Key = itemKey(ctx, key)
  const { Item } = await send<{ Item?: Record<string, unknown> }>(
    ctx,
    new GetCommand({ TableName: ctx.db.table, Key, ConsistentRead: true }),
  )
  return numbersOf(Item)
}

/** The numbers among the attributes of an item, as it is read or as a failed condition shows it. */
export function numbersOf(item: Record<string, unknown> | undefined): Numbers {
  const all = Object.entries(item ?? {}).filter(([, value]) => value !== '' && (typeof value === 'number' || typeof value === 'string'))
  return Object.fromEntries(all.map(([name, value]) => [name, Number(value)] as const).filter(([, value]) => Number.isFinite(value)))
}

const isNothing = ({ add, bounds, set }: TallyAction) =>
  bounds.length === 0 && Object.keys(set).length === 0 && Object.values(add).every((by) => by === 0)

const brokenBy = ({ of, low, high }: Bound, found: Numbers): boolean => {
  const value = found[of] ?? 0
  return (low !== undefined && value < low) || (high !== undefined && value > high)
}

const failureOf =
  (bounds: Bound[]) =>
  (item: Record<string, unknown> | undefined): Problem => {
    const found = numbersOf(item)
    return bounds.find((bound) => brokenBy(bound, found))?.broken(found) ?? new StaleWrite()
  }

/** Two changes of one tally as one: what the second one wants holds after the first. */
export function joinedTallies(a: Action, b: Action): Action {
  const [before, after] = [a.tally!, b.tally!]
  const shifted = after.bounds.map(({ low, high, ...bound }) => {
    const by = before.add[bound.of] ?? 0
    return { ...bound, ...(low === undefined ? {} : { low: low - by }), ...(high === undefined ? {} : { high: high - by }) }
  })
  const add = { ...before.add }
  for (const [of, by] of Object.entries(after.add)) add[of] = (add[of] ?? 0) + by
  return { ...a, tally: { add, bounds: [...before.bounds, ...shifted], set: { ...before.set, ...after.set } } }
}

/** The item with what is added to it. */
export function talliesIn(item: Record<string, unknown>, { add, set }: TallyAction): Record<string, unknown> {
  const sums = Object.entries(add).map(([of, by]) => [of, Number(item[of] ?? 0) + by])
  return { ...item, ...set, ...Object.fromEntries(sums) }
}

/** The item as it will be; fails with the problem of a limit that does not hold on it. */
export function tallyAfter(item: Record<string, unknown>, tally: TallyAction): Record<string, unknown> {
  if (tally.bounds.some((bound) => brokenBy(bound, numbersOf(item)))) throw failureOf(tally.bounds)(item)
  return talliesIn(item, tally)
}

/** The change as the database takes it: an update, or only its condition when nothing is added. */
export function tallyUpdateOf(action: Action): Action | undefined {
  if (!action.tally) return action
  const { tally, ...rest } = action
  if (isNothing(tally)) return rest.condition ? { ...rest, check: true } : undefined
  const { pk, sk } = action
  const adds = Object.entries(tally.add).filter(([, by]) => by !== 0)
  const sets = Object.entries(tally.set)
  const parts = [
    ...(adds.length > 0 ? [`ADD ${adds.map((_, i) => `#t${i} :t${i}`).join(', ')}`] : []),
    ...(sets.length > 0 ? [`SET ${sets.map((_, i) => `#s${i} = :s${i}`).join(', ')}`] : []),
  ]
  const named = (letter: string, all: [string, unknown][]) => ({
    names: Object.fromEntries(all.map(([name], i) => [`#${letter}${i}`, name])),
    values: Object.fromEntries(all.map(([, value], i) => [`:${letter}${i}`, value])),
  })
  const condition = bothConditions(rest, boundsCondition(tally.bounds))
  const [added, set] = [named('t', adds), named('s', sets)]
  const names = { ...condition.names, ...added.names, ...set.names }
  const values = { ...condition.values, ...added.values, ...set.values }
  const effect = parts.length > 0 ? { update: { UpdateExpression: parts.join(' ') } } : { check: true as const }
  return { pk, sk, ...effect, ...conditionOf({ ...condition, names, values }) }
}

/** What a tally asks of the item as it stands, for something else that takes its place in the transaction. */
export const tallyCondition = (action: Action): Partial<Action> =>
  conditionOf(bothConditions(action, boundsCondition(action.tally!.bounds)))

function boundsCondition(bounds: Bound[]): Partial<Action> {
  const names: Record<string, string> = {}
  const values: Record<string, number> = {}
  const terms = bounds.flatMap(({ of, low, high }, i) => {
    names[`#b${i}`] = of
    const term = (sign: '<=' | '>=', edge: number, isZeroWithin: boolean) => {
      const value = `:${sign === '<=' ? 'h' : 'l'}${i}`
      values[value] = edge
      return isZeroWithin ? `(attribute_not_exists(#b${i}) OR #b${i} ${sign} ${value})` : `#b${i} ${sign} ${value}`
    }
    return [...(high === undefined ? [] : [term('<=', high, high >= 0)]), ...(low === undefined ? [] : [term('>=', low, low <= 0)])]
  })
  return terms.length > 0 ? { condition: terms.join(' AND '), names, values, onFail: failureOf(bounds) } : {}
}
