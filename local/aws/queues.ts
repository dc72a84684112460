import { type SqsQueue, SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js'
import type { InflightEntry } from '../../node_modules/fauxqs/dist/sqs/sqsTypes.js'
import { openStores, region } from './queue-stores.ts'

export interface QueueDefinition {
  name: string
  timeoutSeconds: number
}

interface DeadLetter {
  id: string
  receives: number
  sentAt: string
  body: string
}

export interface QueuedMessage {
  id: string
  /** Of this receive, for `remove` and `comeBack`. */
  handle: string
  body: string
  md5OfBody: string
  receives: number
  sentAt: Date
  firstReceivedAt: Date
}

export interface LocalQueues {
  endpoint: string
  url(name: string): string
  send(name: string, body: string): void
  /** Calls back with the name of the queue whenever somebody sends to it, just before the message is in it. */
  onSend(listener: (name: string) => void): void
  /** Takes up to `most` (10 at the most) messages into a worker's hands; who was received too often goes to the dead letters. */
  receive(name: string, most: number): QueuedMessage[]
  remove(name: string, handles: string[]): void
  /** Received messages that may be taken again after so many seconds. */
  comeBack(name: string, handles: string[], seconds: number): void
  /** Messages a worker could take now. */
  ready(name: string): number
  /** Messages that are ready or in a worker's hands; delayed ones wait for their time and do not count. */
  open(name: string): number
  deadLetters(name: string): DeadLetter[]
  stop(): Promise<void>
}

export const deadLetterQueue = (name: string): string => `${name}-dlq`

const account = '000000000000'
const arn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`

/** Each queue with its dead letters, which are kept for 14 days. */
function makeQueues(sqs: SqsStore, definitions: QueueDefinition[], url: (name: string) => string): void {
  for (const { name, timeoutSeconds } of definitions) {
    ensureQueue(sqs, url(deadLetterQueue(name)), deadLetterQueue(name), { MessageRetentionPeriod: '1209600' })
    ensureQueue(sqs, url(name), name, {
      VisibilityTimeout: String(6 * timeoutSeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(deadLetterQueue(name)), maxReceiveCount: 5 }),
    })
  }
}

/** Starts SQS and S3 over `dir` with a queue and its dead-letter queue per definition, and the bucket. */
export async function startQueues(dir: string, definitions: QueueDefinition[], bucket: string): Promise<LocalQueues> {
  let sent: (name: string) => void = () => {}
  const { app, sqs, s3 } = openStores(dir, (name) => sent(name))
  const endpoint = await app.listen({ host: '127.0.0.1', port: 0 })
  const url = (name: string): string => `${endpoint}/${account}/${name}`
  makeQueues(sqs, definitions, url)
  if (!s3.hasBucket(bucket)) s3.createBucket(bucket)
  // Whose workers ended with the process that died: nobody else has these messages in hand, so nobody waits for their time to run out.
  for (const queue of sqs.allQueues()) for (const handle of [...queue.inflightMessages.keys()]) queue.changeVisibility(handle, 0)
  const queue = (name: string): SqsQueue => {
    const found = sqs.getQueueByName(name)
    if (!found) throw new Error(`There is no queue ${name}`)
    found.processTimers()
    return found
  }
  return {
    endpoint,
    url,
    send: (name, body) => queue(name).enqueue(SqsStore.createMessage(body)),
    onSend: (listener) => {
      sent = listener
    },
    receive: (name, most) =>
      queue(name)
        .dequeue(most, undefined, (dlq) => sqs.getQueueByArn(dlq))
        .map(({ ReceiptHandle }) => received(queue(name).inflightMessages.get(ReceiptHandle)!)),
    remove: (name, handles) => {
      for (const handle of handles) queue(name).deleteMessage(handle)
    },
    comeBack: (name, handles, seconds) => {
      const from = queue(name)
      for (const handle of handles) if (from.inflightMessages.has(handle)) from.changeVisibility(handle, seconds)
    },
    ready: (name) => queue(name).messages.length,
    open: (name) => queue(name).messages.length + queue(name).inflightMessages.size,
    deadLetters: (name) => queue(deadLetterQueue(name)).messages.map(deadLetter),
    stop: () => app.close(),
  }
}

function ensureQueue(sqs: SqsStore, url: string, name: string, attributes: Record<string, string>): void {
  const queue = sqs.getQueueByName(name)
  if (queue) queue.setAttributes(attributes)
  else sqs.createQueue(name, url, arn(name), attributes)
}

function received({ message, receiptHandle }: InflightEntry): QueuedMessage {
  return {
    id: message.messageId,
    handle: receiptHandle,
    body: message.body,
    md5OfBody: message.md5OfBody,
    receives: message.approximateReceiveCount,
    sentAt: new Date(message.sentTimestamp),
    firstReceivedAt: new Date(message.approximateFirstReceiveTimestamp!),
  }
}

function deadLetter(message: SqsQueue['messages'][number]): DeadLetter {
  return {
    id: message.messageId,
    receives: message.approximateReceiveCount,
    sentAt: new Date(message.sentTimestamp).toISOString(),
    body: message.body,
  }
}
