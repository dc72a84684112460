import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Gives an order to a program of this folder in a process of its own and answers what it measured there. */
export async function measuredIn<T>(program: string, order: object): Promise<T> {
  const child = fork(join(import.meta.dirname, program))
  const ended = once(child, 'exit')
  child.send(order)
  const answered = await Promise.race([once(child, 'message'), ended.then(() => undefined)])
  await ended
  if (!answered) throw new Error(`The process of ${program} ended early; what it said stands above.`)
  return answered[0] as T
}
