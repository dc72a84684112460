import { Problem } from './errors.ts'

/** A state table: from each state the actions that may be taken and where they lead. */
export type StateTable<S extends string, A extends string> = Record<S, Partial<Record<A, S>>>

/** The state after `action`; 409 `<noun>.state` with what is possible when the table has no such step. */
export function step<S extends string, A extends string>(noun: string, table: StateTable<S, A>, from: S, action: A): S {
  const to = table[from][action]
  if (to !== undefined) return to
  const possible = Object.keys(table[from])
  throw new Problem(
    'conflict',
    `${noun}.state`,
    `This ${noun} is ${from}: ${action} is not possible now. Possible: ${possible.length > 0 ? possible.join(', ') : 'nothing'}.`,
  )
}
