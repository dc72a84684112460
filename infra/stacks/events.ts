import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { consumersByStack, streamPublisher } from '../../functions/manifest.ts'
import { eventConsumer } from '../constructs/consumer.ts'
import { environmentOf } from '../constructs/environment.ts'
import { allow, allowInRegion, grantsFor } from '../constructs/grants.ts'
import { type House, houseStack } from '../constructs/house.ts'
import { houseFunction } from '../constructs/house-function.ts'
import { deadLetterQueue } from '../constructs/work-queue.ts'
import type { Data } from './data.ts'

/** Environment that every function outside the API shares with those in it. */
export type Address = Record<'PUBLIC_BASE_URL', string>

/** The way of the news: table stream -> publisher -> bus -> consumers. */
export function eventsStack(scope: Construct, house: House, data: Data, address: Address): void {
  const stack = houseStack(scope, house, 'events', 'Guanxi: outbox publisher and event consumers')
  outboxPublisher(stack, house, data)
  for (const consumer of consumersByStack.events) eventConsumer(stack, house, data, consumer, address)
}

/** The consumers of marketing, which are many: a stack of their own. */
export function marketingEventsStack(scope: Construct, house: House, data: Data, address: Address): void {
  const stack = houseStack(scope, house, 'marketing-events', 'Guanxi: event consumers of marketing')
  for (const consumer of consumersByStack['marketing-events']) eventConsumer(stack, house, data, consumer, address)
}

const publisherSeconds = 60

/**
 * Reads new outbox items from the table's stream and nothing else. A batch that fails is halved until the bad record is alone.
 * Tries are many: an outage of the bus, where each try takes seconds, costs time and no event; a record that the bus refuses at
 * once is through them in minutes, and its place goes to the dead letters.
 */
function outboxPublisher(stack: Construct, house: House, data: Data): void {
  const { name } = streamPublisher
  const streamArn = data.table.tableStreamArn!
  const deadLetters = deadLetterQueue(stack, house, name)
  const publisher = houseFunction(stack, house, {
    name,
    timeoutSeconds: publisherSeconds,
    environment: { ...environmentOf(house, streamPublisher, data), BUS_NAME: data.bus.eventBusName },
    grants: [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamArn]),
      allowInRegion('dynamodb:ListStreams'),
      allow(['events:PutEvents'], [data.bus.eventBusArn]),
      ...grantsFor(streamPublisher, data),
    ],
    deadLetters,
    key: data.key,
  })
  new EventSourceMapping(stack, `${name}-feed`, {
    target: publisher,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { NewImage: { entity: { S: FilterRule.isEqual('event') } } },
      }),
    ],
    batchSize: 100,
    parallelizationFactor: 4,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 1000,
    maxRecordAge: Duration.hours(12),
    onFailure: new SqsDlq(deadLetters),
  })
}
