/**
 * `npm run redrive -- <dead-letter queue> <target queue>`, each a URL or a name: gives the dead letters another try.
 * Receive, send, delete, message by message: what fails in between is still in the dead-letter queue.
 */
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { sqs as queues } from '../clients/queues.ts'

/** Moves at most as many messages as were there at the start, so that what fails again is not moved in a circle. */
export async function redrive(sqs: SQSClient, from: string, to: string): Promise<{ found: number; moved: number }> {
  const [source, target] = await Promise.all([queueUrl(sqs, from), queueUrl(sqs, to)])
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: source, AttributeNames: ['ApproximateNumberOfMessages'] }),
  )
  const found = Number(Attributes?.ApproximateNumberOfMessages ?? 0)
  let moved = 0
  while (moved < found) {
    const { Messages: messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: source,
        MaxNumberOfMessages: Math.min(10, found - moved),
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
      }),
    )
    if (messages.length === 0) break
    for (const message of messages) {
      await move(sqs, message, source, target)
      moved += 1
    }
  }
  return { found, moved }
}

async function move(sqs: SQSClient, message: Message, source: string, target: string): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: target, MessageBody: message.Body, MessageAttributes: message.MessageAttributes }))
  await sqs.send(new DeleteMessageCommand({ QueueUrl: source, ReceiptHandle: message.ReceiptHandle }))
}

async function queueUrl(sqs: SQSClient, queue: string): Promise<string> {
  if (queue.startsWith('http')) return queue
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue }))
  return QueueUrl!
}

async function main([from, to]: string[]): Promise<void> {
  if (!from || !to) {
    console.error('Usage: npm run redrive -- <dead-letter queue url or name> <target queue url or name>')
    process.exitCode = 2
    return
  }
  const { found, moved } = await redrive(queues(), from, to)
  console.log(`${moved} of ${found} messages moved from ${from} to ${to}`)
}

if (import.meta.main) await main(process.argv.slice(2))
