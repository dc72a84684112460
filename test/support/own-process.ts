import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { type KilledAt, killingEnv } from './kill-at-call.ts'

const program = join(import.meta.dirname, 'function-process.ts')

/** The process died at its work and said nothing. */
class Died extends Error {}

interface Answer {
  id: number
  calls: number
  result?: unknown
  error?: string
}

type Waiting = Map<number, { resolve(result: unknown): void; reject(error: Error): void }>

function started(kill: KilledAt | undefined, waiting: Waiting, heard: (answer: Answer) => void): ChildProcess {
  const child = fork(program, { execArgv: [], env: { ...process.env, ...(kill ? killingEnv(kill) : {}) } })
  child.on('message', (answer: Answer) => {
    heard(answer)
    const { resolve, reject } = waiting.get(answer.id)!
    waiting.delete(answer.id)
    if (answer.error === undefined) resolve(answer.result)
    else reject(new Error(answer.error))
  })
  child.once('exit', (_code, signal) => {
    for (const { reject } of waiting.values()) reject(signal === 'SIGKILL' ? new Died() : new Error(`The process ended: ${signal}`))
    waiting.clear()
  })
  return child
}

/** Functions in a process of their own: killed for good at the call that is named, after which another one takes over. */
export function ownProcess(kill?: KilledAt) {
  const waiting: Waiting = new Map()
  let planned = kill
  let [calls, deaths, nextId] = [0, 0, 0]
  let child: ChildProcess | undefined
  const invoke = (name: string, event: unknown): Promise<unknown> => {
    child ??= started(planned, waiting, (answer) => {
      calls = answer.calls
    })
    const id = ++nextId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      child!.send({ id, name, event })
    })
  }
  return {
    invoke,
    /** Does work that calls these functions; false when they died over it. */
    async lives(work: () => Promise<unknown>): Promise<boolean> {
      try {
        await work()
        return true
      } catch (error) {
        if (!(error instanceof Died)) throw error
        deaths += 1
        ;[child, planned] = [undefined, undefined]
        return false
      }
    },
    /** Calls of AWS that the process made which is there now. */
    calls: () => calls,
    deaths: () => deaths,
    stop: (): void => child?.disconnect(),
  }
}
