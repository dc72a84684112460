import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Enqueue } from '../../domain/kernel/context.ts'
import { spare, sparing } from '../../domain/store/sparing-client.ts'
import { env, lazily } from '../runtime.ts'

export const sqs = lazily(() => spare(new SQSClient({ maxAttempts: 5, ...sparing })))

const mostPerCall = 10

/** Queue URLs are in the environment, e.g. QUEUE_SEND_DIGEST_URL. */
const urlOf = (queue: string) => env(`QUEUE_${queue.toUpperCase().replaceAll('-', '_')}_URL`)

/** Puts messages on a work queue, ten to a call. Fails when one was not taken, so that the caller's own message comes again. */
export const enqueue: Enqueue = async (queue, messages, delaySeconds = 0) => {
  for (let start = 0; start < messages.length; start += mostPerCall) {
    const Entries = messages
      .slice(start, start + mostPerCall)
      .map((message, i) => ({ Id: String(i), MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds }))
    const { Failed = [] } = await sqs().send(new SendMessageBatchCommand({ QueueUrl: urlOf(queue), Entries }))
    if (Failed.length > 0) throw new Error(`${Failed.length} messages were not taken by the queue ${queue}: ${Failed[0]?.Code}`)
  }
}
