import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { allow } from './grants.ts'
import { type House, nameOf } from './house.ts'

export interface WorkQueue {
  queue: Queue
  deadLetters: Queue
}

/** Receives of a message before it goes to the dead letters. */
const receives = 5
/** Visibility as a multiple of the worker's timeout, so that a retry never overlaps a run: AWS's own advice. */
const visibilityFactor = 6

/** Physical name of the dead letters of a queue or function; alarms and the redrive command find them by it. */
export const deadLettersName = (house: House, name: string): string => nameOf(house, `${name}-dead`)

/** Dead letters wait for the operator as long as SQS keeps anything. */
export const deadLetterQueue = (scope: Construct, house: House, name: string): Queue =>
  new Queue(scope, `${name}-dead`, {
    queueName: deadLettersName(house, name),
    retentionPeriod: Duration.days(14),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  })

/** A queue with its dead letters, timed for a worker that runs `timeoutSeconds` at most. */
export function workQueue(scope: Construct, house: House, name: string, timeoutSeconds: number): WorkQueue {
  const deadLetters = deadLetterQueue(scope, house, name)
  const queue = new Queue(scope, `${name}-queue`, {
    queueName: nameOf(house, name),
    visibilityTimeout: Duration.seconds(timeoutSeconds * visibilityFactor),
    retentionPeriod: Duration.days(14),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: receives },
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  })
  return { queue, deadLetters }
}

export const consumeGrants = ({ queue }: WorkQueue): PolicyStatement[] => [
  allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'], [queue.queueArn]),
]

/** Feeds a worker; a batch may fail in part, so that one bad message does not repeat its neighbours. */
export function feed(scope: Construct, worker: LambdaFunction, { queue }: WorkQueue, batch: { size: number; concurrency: number }): void {
  new EventSourceMapping(scope, `${worker.node.id}-feed`, {
    target: worker,
    eventSourceArn: queue.queueArn,
    batchSize: batch.size,
    maxConcurrency: batch.concurrency,
    reportBatchItemFailures: true,
  })
}
