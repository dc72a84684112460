import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { consumers, preToken, queues, schedules, streamPublisher } from '../../functions/manifest.ts'
import { type AlarmProps, alarm } from '../constructs/alarms.ts'
import { type House, houseStack, nameOf } from '../constructs/house.ts'
import { deadLettersName } from '../constructs/work-queue.ts'
import { apiDeadLetters } from './api.ts'
import type { Data } from './data.ts'

type Dimensions = Record<string, string>
const metric = (namespace: string, metricName: string, statistic: string, dimensionsMap: Dimensions = {}): Metric =>
  new Metric({ namespace, metricName, statistic, dimensionsMap, period: Duration.minutes(5) })

/** Whatever has dead letters, by the name of its queue. */
const withDeadLetters = (): string[] => [
  apiDeadLetters,
  preToken.name,
  streamPublisher.name,
  ...[...consumers, ...queues].map(({ name }) => name),
  ...schedules.map(({ name }) => `schedule-${name}`),
]

/** Work that waits in a queue, by the name of the queue. */
const withBacklog = (): string[] => [...consumers, ...queues].map(({ name }) => name)

/** A message older than this is not waiting for its turn, it is not being done. */
const backlogSeconds = 30 * 60
/** SES reviews an account at 5 % bounces and 0.1 % complaints. */
const bounceRate = 0.04
const complaintRate = 0.0008
/** The publisher is behind by so much. */
const publisherBehind = Duration.minutes(2)

/** Tells the operator what needs a person. Everything is found by name, so that no stack is held back by its alarms. */
export function watchStack(scope: Construct, house: House, data: Data): void {
  const stack = houseStack(scope, house, 'watch', 'Guanxi: alarms')
  const add = (name: string, props: AlarmProps) => alarm(stack, house, data.alarms, name, props)
  watchQueues(house, add)
  watchMail(house, add)
  watchFlow(house, data, add)
}

type Add = (name: string, props: AlarmProps) => void

function watchQueues(house: House, add: Add): void {
  const queue = (metricName: string, QueueName: string) => metric('AWS/SQS', metricName, Stats.MAXIMUM, { QueueName })
  for (const name of withDeadLetters())
    add(`${name}-dead`, {
      says: `There are dead letters of ${name}: read its log, mend the cause, then npm run redrive.`,
      metric: queue('ApproximateNumberOfMessagesVisible', deadLettersName(house, name)),
      above: 0,
    })
  for (const name of withBacklog())
    add(`${name}-behind`, {
      says: `${name} has work that waits for over ${backlogSeconds / 60} minutes: read its log, look for throttling.`,
      metric: queue('ApproximateAgeOfOldestMessage', nameOf(house, name)),
      above: backlogSeconds,
    })
}

/** The account's reputation, which all stages of the account share, and the mails whose fate this stage does not know. */
function watchMail(house: House, add: Add): void {
  const reputation = (metricName: string) => metric('AWS/SES', metricName, Stats.MAXIMUM)
  add('mail-bounces', {
    says: 'SES counts over 4 % bounces: stop campaigns and clean the addresses, SES suspends at 10 %.',
    metric: reputation('Reputation.BounceRate'),
    above: bounceRate,
  })
  add('mail-complaints', {
    says: 'SES counts over 0.08 % complaints: stop campaigns and check consent, SES suspends at 0.5 %.',
    metric: reputation('Reputation.ComplaintRate'),
    above: complaintRate,
  })
  add('mail-unknown', {
    says: 'Nothing proves that a mail was sent: look for "Nothing proves" in the logs of the mail workers, see docs/mail.md.',
    metric: metric('Guanxi', 'MailUnknown', Stats.SUM, { service: house.settings.stage }),
    above: 0,
  })
}

function watchFlow(house: House, data: Data, add: Add): void {
  const table = (metricName: string) => metric('AWS/DynamoDB', metricName, Stats.SUM, { TableName: data.table.tableName })
  add('publisher-behind', {
    says: 'Events leave the table late: read the log of publish-outbox, look at the bus.',
    metric: metric('AWS/Lambda', 'IteratorAge', Stats.MAXIMUM, { FunctionName: nameOf(house, streamPublisher.name) }),
    above: publisherBehind.toMilliseconds(),
  })
  add('functions-throttled', {
    says: 'Lambda refuses calls: the concurrency of the account is used up.',
    metric: metric('AWS/Lambda', 'Throttles', Stats.SUM),
    above: 0,
  })
  for (const kind of ['Read', 'Write'])
    add(`table-${kind.toLowerCase()}s-throttled`, {
      says: `The table refuses ${kind.toLowerCase()}s: look for one hot partition in CloudWatch Contributor Insights.`,
      metric: table(`${kind}ThrottleEvents`),
      above: 0,
      periods: 2,
    })
}
