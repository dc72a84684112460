import { StaleWrite } from '../kernel/errors.ts'
import type { ItemKey } from './entity-definition.ts'
import type { Action } from './write.ts'

/**
 * A place by which records are found that have something in common: one item per key, one attribute per record. Changes of
 * one entry by several records are put together, in one transaction and in the table.
 */
export interface Entry {
  key: ItemKey
  /** What names the record in the entry. */
  attribute: string
  text: string
}

/** What a commit does to an entry. */
export interface EntryChange {
  set: Record<string, string>
  remove: string[]
  /** How often the entry was changed when it was read: it must not have been changed since. */
  seen?: number
}

/** Counts the changes of an entry. */
export const changesAttribute = 'v'

/** Puts two changes of one entry together; what comes later holds. */
export function joined(a: Action, b: Action): Action {
  const [before, after] = [a.entry!, b.entry!]
  const set = { ...before.set, ...after.set }
  for (const attribute of after.remove) delete set[attribute]
  const remove = [...new Set([...before.remove, ...after.remove])].filter((attribute) => !(attribute in set))
  const seen = before.seen ?? after.seen
  return { ...a, entry: { set, remove, ...(seen === undefined ? {} : { seen }) } }
}

/** The change as the database takes it. Fails as stale when somebody changed the entry since it was read. */
export function entryUpdateOf(action: Action): Action {
  if (!action.entry) return action
  const { entry, ...key } = action
  const { set, remove, seen } = entry
  const names: Record<string, string> = { '#v': changesAttribute }
  const values: Record<string, unknown> = { ':one': 1 }
  const sets = Object.entries(set).map(([attribute, text], i) => {
    names[`#s${i}`] = attribute
    values[`:s${i}`] = text
    return `#s${i} = :s${i}`
  })
  const removes = remove.map((attribute, i) => {
    names[`#r${i}`] = attribute
    return `#r${i}`
  })
  const expression = [
    'ADD #v :one',
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ]
  const update = { ...key, update: { UpdateExpression: expression.join(' ') }, names, values }
  if (seen === undefined) return update
  if (seen === 0) return { ...update, condition: 'attribute_not_exists(#v)', onFail: () => new StaleWrite() }
  return { ...update, condition: '#v = :seen', values: { ...values, ':seen': seen }, onFail: () => new StaleWrite() }
}

/** An entry as it will be after a change. */
export function entryAfter(item: Record<string, unknown> | undefined, key: { pk: string; sk: string }, { set, remove }: EntryChange) {
  const after: Record<string, unknown> = { ...key, ...item, ...set }
  for (const attribute of remove) delete after[attribute]
  return after
}
