import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { logError } from './log.ts'

/** What is left of the function's time for its answer, when everything else was waited for. */
const reserveMs = 2000

type Outcome = 'done' | 'failed'

/** How the work ended, or `late` when it did not within that time. */
async function within(work: Promise<Outcome>, milliseconds: number): Promise<Outcome | 'late'> {
  if (milliseconds === Infinity) return work
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.max(0, milliseconds))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The one loop over an SQS batch: each message by itself, one after the other, and only those that failed are reported, so that a
 * poison message goes to its dead letters and takes no neighbour along. Neither does one that hangs: when its share of the
 * function's time is over the next one begins beside it, and what is not done by the end is reported before Lambda would stop
 * the function and hand back the whole batch.
 */
export const batchHandler = (work: (body: unknown) => Promise<void>) =>
  handlerOf((records) => records.map(({ messageId, body }) => ({ messageIds: [messageId], run: async () => work(JSON.parse(body)) })))

/**
 * The same, but what a batch has about one thing is done together: `read` says what a message is, undefined when nothing is to be done
 * with it, and `thingOf` what it is about. When it fails all of its messages are reported.
 */
export const groupHandler = <T>(
  read: (body: unknown) => T | undefined,
  thingOf: (one: T) => string,
  work: (all: [T, ...T[]]) => Promise<void>,
) =>
  handlerOf((records) => {
    const parts = new Map<string, Part & { all: [T, ...T[]] }>()
    const unreadable: Part[] = []
    for (const { messageId, body } of records) {
      try {
        const one = read(JSON.parse(body))
        if (one === undefined) continue
        const known = parts.get(thingOf(one))
        known?.all.push(one)
        known?.messageIds.push(messageId)
        const all: [T, ...T[]] = [one]
        if (!known) parts.set(thingOf(one), { messageIds: [messageId], all, run: () => work(all) })
      } catch (error) {
        unreadable.push({ messageIds: [messageId], run: () => Promise.reject(error) })
      }
    }
    return [...parts.values(), ...unreadable]
  })

/** Messages of a batch that are done together. */
interface Part {
  messageIds: string[]
  run(): Promise<void>
}

async function attempt({ messageIds, run }: Part): Promise<Outcome> {
  try {
    await run()
    return 'done'
  } catch (error) {
    logError('A message failed.', { messageId: messageIds.join(' ') }, error)
    return 'failed'
  }
}

function handlerOf(partsOf: (records: SQSRecord[]) => Part[]) {
  return async ({ Records }: SQSEvent, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const time = context ? context.getRemainingTimeInMillis() - reserveMs : Infinity
    const end = Date.now() + time
    const begun: [Part, Promise<Outcome>][] = []
    const parts = partsOf(Records)
    for (const part of parts) {
      const running = attempt(part)
      begun.push([part, running])
      await within(running, time / parts.length)
    }
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
    for (const [{ messageIds }, running] of begun) {
      const outcome = await within(running, end - Date.now())
      if (outcome === 'late') logError('A message took longer than the function may.', { messageId: messageIds.join(' ') })
      if (outcome !== 'done') batchItemFailures.push(...messageIds.map((itemIdentifier) => ({ itemIdentifier })))
    }
    return { batchItemFailures }
  }
}
