import { expect, test } from 'vitest'
import { ofType, templates } from './synthesized.ts'

const alarms = ofType('AWS::CloudWatch::Alarm')
const watched = (metric: string): string[] =>
  alarms
    .filter(({ Properties }) => Properties.MetricName === metric)
    .flatMap(({ Properties }) => (Properties.Dimensions ?? []).map(({ Value }: { Value: string }) => Value))

test('whatever has dead letters is watched', () => {
  const dead = ofType('AWS::SQS::Queue').filter(({ Properties }) => !Properties.RedrivePolicy)

  expect(watched('ApproximateNumberOfMessagesVisible').sort()).toEqual(dead.map(({ Properties }) => Properties.QueueName).sort())
})

test('whatever has a backlog is watched', () => {
  const waiting = ofType('AWS::SQS::Queue').filter(({ Properties }) => Properties.RedrivePolicy)

  expect(watched('ApproximateAgeOfOldestMessage').sort()).toEqual(waiting.map(({ Properties }) => Properties.QueueName).sort())
})

test.each([
  '5xx',
  'Latency',
  'IteratorAge',
  'Throttles',
  'ReadThrottleEvents',
  'WriteThrottleEvents',
  'Reputation.BounceRate',
  'Reputation.ComplaintRate',
  'MailUnknown',
])('there is an alarm on %s', (metric) => {
  expect(alarms.filter(({ Properties }) => (Properties.MetricName ?? '') === metric)).toHaveLength(1)
})

test('every alarm says what to do and mails the operator, encrypted', () => {
  const [subscription] = ofType('AWS::SNS::Subscription')
  const [topic] = ofType('AWS::SNS::Topic', [templates().data!])

  expect(alarms.every(({ Properties }) => Properties.AlarmActions.length === 1 && Properties.AlarmDescription.length > 40)).toBe(true)
  expect(subscription!.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'ops@example.com' })
  expect(topic!.Properties.KmsMasterKeyId).toBeDefined()
  const [policy] = ofType('AWS::SNS::TopicPolicy')
  expect(
    policy!.Properties.PolicyDocument.Statement.map(({ Effect, Principal }: { Effect: string; Principal: unknown }) => [Effect, Principal]),
  ).toEqual([
    ['Deny', '*'],
    ['Allow', { Service: 'cloudwatch.amazonaws.com' }],
  ])
})
