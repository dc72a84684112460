/** The event source mapping of a DynamoDB stream on one machine: in order, at least once, from where it stopped last time. */
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'
import type { LocalFunction } from '../lambda.ts'
import { publishInOrder } from './stream-batches.ts'

/** Where the records come from, which keeps the place up to which they were passed on. */
export interface StreamSource {
  /** Passes on all that came since its place, in order; says whether there was anything. When it fails it is read from its place again. */
  readToEnd(pass: PassOn, stopped: () => boolean): Promise<boolean>
  close(): void
}

/** `save` is told of records that need not come again, with all before them. */
export type PassOn = (records: StreamRecord[], save: (record: StreamRecord) => void) => Promise<void>

interface StreamReaderOptions {
  source: StreamSource
  publisher: LocalFunction
  /** Called with a record that failed too often and is left behind. */
  abandoned(record: StreamRecord): void
}

export interface StreamReader {
  /** Reads on at once instead of after its rest. */
  wake(): void
  /** Reads to the end; says whether there was anything to read when called or since. */
  drain(): Promise<boolean>
  stop(): Promise<void>
}

/** From one reading to the next; while nothing comes each rest is twice as long, up to the longest. */
const restMs = 200
const longestRestMs = 1_600

/** Reads the stream until it is stopped, less often while nothing comes. */
export function startStreamReader({ source, ...publishing }: StreamReaderOptions): StreamReader {
  let stopped = false
  let rest = restMs
  let timer: NodeJS.Timeout | undefined
  let current: Promise<boolean> = Promise.resolve(false)
  let next: Promise<boolean> | undefined
  const isStopped = () => stopped
  const pass: PassOn = (records, save) => publishInOrder(publishing, records, save, isStopped)
  const read = async (): Promise<boolean> => {
    clearTimeout(timer)
    try {
      const found = !stopped && (await source.readToEnd(pass, isStopped))
      rest = found ? restMs : Math.min(2 * rest, longestRestMs)
      return found
    } catch (error) {
      if (!stopped) console.error(`The stream could not be read: ${error}`)
      return false
    } finally {
      if (!stopped) timer = setTimeout(schedule, rest)
    }
  }
  const schedule = (): Promise<boolean> => {
    next ??= current.then(() => {
      next = undefined
      current = read()
      return current
    })
    return next
  }
  void schedule()
  return {
    wake: () => void schedule(),
    drain: async () => {
      const before = current
      return (await schedule()) || (await before)
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await (next ?? current)
      source.close()
    },
  }
}
