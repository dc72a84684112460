import { NodeHttpHandler } from '@smithy/node-http-handler'

/**
 * Imported by a program that is to die, or loaded before it (`node --import`): KILL_AT="17 during" kills its process for good, as the
 * system does, at its 17th call of AWS: before it is sent, while it is under way, or when it was carried out and before anybody hears of it.
 */
export const moments = ['before', 'during', 'after'] as const
type Moment = (typeof moments)[number]
export interface KilledAt {
  call: number
  moment: Moment
}

export const killingEnv = ({ call, moment }: KilledAt): Record<string, string> => ({ KILL_AT: `${call} ${moment}` })

const [call, moment] = (process.env.KILL_AT ?? '').split(' ')
let calls = 0
export const callsSoFar = (): number => calls

/** Ends with the process. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => {})
}

type Handle = NodeHttpHandler['handle']
const plainly: Handle = NodeHttpHandler.prototype.handle

NodeHttpHandler.prototype.handle = async function handle(this: NodeHttpHandler, ...given: Parameters<Handle>) {
  calls += 1
  if (calls !== Number(call)) return plainly.apply(this, given)
  if (moment === 'before') return die()
  const answered = plainly.apply(this, given)
  if (moment === 'after') for await (const _ of (await answered).response.body as AsyncIterable<Buffer>);
  // It is on its way by then, and perhaps there.
  else await new Promise((resolve) => setTimeout(resolve, 1))
  return die()
}
