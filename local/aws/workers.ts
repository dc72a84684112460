/** SQS event source mappings on one machine: takes messages, calls the function, deletes what it did not report as failed. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { LocalFunction } from '../lambda.ts'
import type { LocalQueues, QueuedMessage } from './queues.ts'

export interface Work {
  queue: string
  worker: LocalFunction
  batchSize: number
  concurrency: number
  /** How long what comes waits for more, so that it is worked together; left out: not at all. */
  gatherMs?: number
}

export interface Workers {
  /** Functions at work now. */
  running(): number
  stop(): Promise<void>
}

/** For messages that come back or were delayed: what is sent is told of. */
const lookEveryMs = 100

/**
 * Works the queues until stopped. What failed comes back after `retrySeconds` instead of the whole visibility timeout,
 * so that on one machine a poison message reaches its dead-letter queue in seconds.
 */
export function startWorkers(queues: LocalQueues, works: Work[], retrySeconds: number): Workers {
  const atWork = new Map<Work, Set<Promise<void>>>(works.map((work) => [work, new Set()]))
  let stopped = false
  const look = (work: Work): void => {
    const batches = atWork.get(work)!
    let wanted = stopped ? 0 : Math.ceil(queues.ready(work.queue) / work.batchSize)
    while (wanted-- > 0 && batches.size < work.concurrency) {
      const batch = workBatch(queues, work, retrySeconds).then(
        () => {
          batches.delete(batch)
          look(work)
        },
        (error) => {
          batches.delete(batch)
          console.error(`The queue ${work.queue} could not be worked: ${error}`)
        },
      )
      batches.add(batch)
    }
  }
  const timer = setInterval(() => works.forEach(look), lookEveryMs)
  lookWhenSent(queues, works, look)
  return {
    running: () => works.reduce((sum, work) => sum + atWork.get(work)!.size, 0),
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await Promise.all(works.flatMap((work) => [...atWork.get(work)!]))
    },
  }
}

/** What is sent is taken after all that its call sends: at once, or with what else comes within a moment. */
function lookWhenSent(queues: LocalQueues, works: Work[], look: (work: Work) => void): void {
  const workOf = new Map(works.map((work) => [work.queue, work]))
  const toBeLookedAt = new Set<Work>()
  queues.onSend((name) => {
    const work = workOf.get(name)
    if (!work || toBeLookedAt.has(work)) return
    toBeLookedAt.add(work)
    const lookNow = () => {
      toBeLookedAt.delete(work)
      look(work)
    }
    if (work.gatherMs) setTimeout(lookNow, work.gatherMs)
    else setImmediate(lookNow)
  })
}

async function workBatch(queues: LocalQueues, work: Work, retrySeconds: number): Promise<void> {
  const messages = queues.receive(work.queue, work.batchSize)
  if (messages.length === 0) return
  const failed = await failedMessages(work, messages)
  const handles = (wanted: boolean): string[] => messages.filter(({ id }) => failed.has(id) === wanted).map(({ handle }) => handle)
  queues.remove(work.queue, handles(false))
  queues.comeBack(work.queue, handles(true), retrySeconds)
}

// As Lambda reads the answer: an exception or an unknown identifier fails the whole batch.
async function failedMessages(work: Work, messages: QueuedMessage[]): Promise<Set<string>> {
  const all = new Set(messages.map(({ id }) => id))
  try {
    const event: SQSEvent = { Records: messages.map((message) => record(message, work.queue)) }
    const answer = (await work.worker.invoke(event)) as SQSBatchResponse | undefined
    const failed = (answer?.batchItemFailures ?? []).map((failure) => failure.itemIdentifier)
    return failed.every((id) => all.has(id)) ? new Set(failed) : all
  } catch (error) {
    console.error(`${work.worker.name} failed: ${error instanceof Error ? error.stack : error}`)
    return all
  }
}

function record({ id, handle, body, md5OfBody, receives, sentAt, firstReceivedAt }: QueuedMessage, queue: string): SQSRecord {
  return {
    messageId: id,
    receiptHandle: handle,
    body,
    attributes: {
      SenderId: '000000000000',
      SentTimestamp: String(sentAt.getTime()),
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt.getTime()),
    },
    messageAttributes: {},
    md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: 'us-east-1',
  }
}
