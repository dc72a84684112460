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
export function batchHandler(work: (body: unknown) => Promise<void>) {
  const attempt = async ({ messageId, body }: SQSRecord): Promise<Outcome> => {
    try {
      await work(JSON.parse(body))
      return 'done'
    } catch (error) {
      logError('A message failed.', { messageId }, error)
      return 'failed'
    }
  }
  return async ({ Records }: SQSEvent, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const time = context ? context.getRemainingTimeInMillis() - reserveMs : Infinity
    const end = Date.now() + time
    const begun: Promise<Outcome>[] = []
    for (const record of Records) {
      const running = attempt(record)
      begun.push(running)
      await within(running, time / Records.length)
    }
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
    for (const [i, running] of begun.entries()) {
      const outcome = await within(running, end - Date.now())
      const { messageId } = Records[i]!
      if (outcome === 'late') logError('A message took longer than the function may.', { messageId })
      if (outcome !== 'done') batchItemFailures.push({ itemIdentifier: messageId })
    }
    return { batchItemFailures }
  }
}
