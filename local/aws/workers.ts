/** SQS event source mappings on one machine: takes messages, calls the function, deletes what it did not report as failed. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { LocalFunction } from '../lambda.ts'
import type { LocalQueues } from './queues.ts'

export interface Work {
  queue: string
  worker: LocalFunction
  batchSize: number
  concurrency: number
}

export interface Workers {
  /** Functions at work now. */
  running(): number
  stop(): Promise<void>
}

const lookEveryMs = 10

/**
 * Works the queues until stopped. What failed comes back after `retrySeconds` instead of the whole visibility timeout,
 * so that on one machine a poison message reaches its dead-letter queue in seconds.
 */
export function startWorkers(sqs: SQSClient, queues: LocalQueues, works: Work[], retrySeconds: number): Workers {
  const atWork = new Map<Work, Set<Promise<void>>>(works.map((work) => [work, new Set()]))
  let stopped = false
  const look = (work: Work): void => {
    const batches = atWork.get(work)!
    let wanted = stopped ? 0 : Math.ceil(queues.ready(work.queue) / work.batchSize)
    while (wanted-- > 0 && batches.size < work.concurrency) {
      const batch = workBatch(sqs, queues.url(work.queue), work, retrySeconds).then(
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
  return {
    running: () => works.reduce((sum, work) => sum + atWork.get(work)!.size, 0),
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await Promise.all(works.flatMap((work) => [...atWork.get(work)!]))
    },
  }
}

async function workBatch(sqs: SQSClient, url: string, work: Work, retrySeconds: number): Promise<void> {
  const { Messages: messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: work.batchSize,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  )
  if (messages.length === 0) return
  const failed = await failedMessages(work, messages)
  const entry = (message: Message) => ({ Id: message.MessageId!, ReceiptHandle: message.ReceiptHandle! })
  const done = messages.filter((message) => !failed.has(message.MessageId!)).map(entry)
  const back = messages
    .filter((message) => failed.has(message.MessageId!))
    .map((message) => ({ ...entry(message), VisibilityTimeout: retrySeconds }))
  if (done.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: done }))
  if (back.length > 0) await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries: back }))
}

// As Lambda reads the answer: an exception or an unknown identifier fails the whole batch.
async function failedMessages(work: Work, messages: Message[]): Promise<Set<string>> {
  const all = new Set(messages.map((message) => message.MessageId!))
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

function record(message: Message, queue: string): SQSRecord {
  return {
    messageId: message.MessageId!,
    receiptHandle: message.ReceiptHandle!,
    body: message.Body!,
    attributes: message.Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: {},
    md5OfBody: message.MD5OfBody!,
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
    awsRegion: 'us-east-1',
  }
}
