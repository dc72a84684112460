import { handler as finance } from '../../functions/http/finance/index.ts'
import { handler as sales } from '../../functions/http/sales/index.ts'
import { callsSoFar } from './kill-at-call.ts'
import { listeners } from './listeners.ts'

/** A program that does the work of functions for who started it (own-process.ts). */
type Run = (event: never) => Promise<unknown>
type Handler = (event: never, context: object) => Promise<unknown>

const functions = new Map<string, Run>([
  ['sales', (event) => (sales as Handler)(event, {})],
  ['finance', (event) => (finance as Handler)(event, {})],
  ...listeners.map(({ name, consume }) => [name, consume as Run] as const),
])

process.on('message', ({ id, name, event }: { id: number; name: string; event: never }) => {
  const answer = (more: object) => process.send?.({ id, calls: callsSoFar(), ...more })
  functions.get(name)!(event).then(
    (result) => answer({ result }),
    (error: Error) => answer({ error: error.stack }),
  )
})
process.on('disconnect', () => process.exit())
