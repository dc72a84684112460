import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { mostActions } from '../../store/commit.ts'
import { joined as joinedEntries } from '../../store/entry.ts'
import type { Action, Write } from '../../store/write.ts'

const placeOf = ({ pk, sk }: Action) => `${pk}\n${sk}`

/** What one record leaves another takes: the item is put where it would have been deleted, if it is still the former's. */
function joined(one: Action, other: Action): Action {
  if (one.entry && other.entry) return joinedEntries(one, other)
  const [left, taken] = one.delete ? [one, other] : [other, one]
  if (!left.delete || !taken.put) return other
  const { condition, names, values, onFail } = left
  const { pk, sk, put } = taken
  return {
    pk,
    sk,
    put,
    ...(condition ? { condition } : {}),
    ...(names ? { names } : {}),
    ...(values ? { values } : {}),
    ...(onFail ? { onFail } : {}),
  }
}

/** True for an entry of the same partition, which one record leaves and the other takes as it is. */
const isKept = (one: Action | undefined, other: Action): boolean =>
  !!one?.entry &&
  !!other.entry &&
  Object.keys(one.entry.set).concat(Object.keys(other.entry.set)).join() === one.entry.remove.concat(other.entry.remove).join()

/**
 * Writes of several records as one, in which a record may take over at once what another gives up: its key, or a unique value
 * such as a tax number. Everybody else finds the value taken all the time.
 */
export const handedOver = (writes: Write[]): Write => ({
  result: undefined,
  actions: (ctx: Context) => {
    const counts: Action[] = []
    const items = new Map<string, Action>()
    for (const action of writes.flatMap((write) => write.actions(ctx))) {
      const other = items.get(placeOf(action))
      if (action.add) counts.push(action)
      else if (isKept(other, action)) items.delete(placeOf(action))
      else items.set(placeOf(action), other ? joined(other, action) : action)
    }
    return [...items.values(), ...counts]
  },
})

/** What a commit holds besides the writes: its events and the idempotency record. */
const others = 4

/** 409 `merge.too-large` for what no single transaction takes; nothing is written then. */
export function requireOneTransaction(ctx: Context, writes: Write[]): void {
  const items = writes.reduce((sum, write) => sum + write.actions(ctx).length, 0)
  if (items + others > mostActions)
    throw new Problem(
      'conflict',
      'merge.too-large',
      'These customers have too many team members, names and former merges to be changed at once. Take some team members off first.',
    )
}
