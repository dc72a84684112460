import { expect, test } from 'vitest'
import { consumers, queues, schedules } from '../../functions/manifest.ts'
import { ofType, templates } from './synthesized.ts'

const mappings = ofType('AWS::Lambda::EventSourceMapping')
const queueNamed = (name: string) => ofType('AWS::SQS::Queue').find(({ Properties }) => Properties.QueueName === `guanxi-prod-${name}`)
const ruleNamed = (name: string) => ofType('AWS::Events::Rule').find(({ Properties }) => Properties.Name === `guanxi-prod-${name}`)

test.each([...consumers, ...queues])(
  '$name has six times its timeout, five receives and its own dead letters',
  ({ name, timeoutSeconds }) => {
    const queue = queueNamed(name)

    expect(queue!.Properties.VisibilityTimeout).toBe(6 * timeoutSeconds)
    expect(queue!.Properties.RedrivePolicy.maxReceiveCount).toBe(5)
    expect(queueNamed(`${name}-dead`)!.Properties.MessageRetentionPeriod).toBe(14 * 86_400)
  },
)

test('every reader of a queue or stream may fail in part', () => {
  expect(mappings).toHaveLength(consumers.length + queues.length + 1)
  expect(mappings.every(({ Properties }) => Properties.FunctionResponseTypes[0] === 'ReportBatchItemFailures')).toBe(true)
})

test('our events come from our bus, and mail events of this stage only from the bus of the account', () => {
  for (const { name, source, detailTypes, detail, ofCampaigns } of consumers) {
    const { EventBusName, EventPattern, Targets } = ruleNamed(name)!.Properties

    expect(EventPattern).toMatchObject({ source: [source], 'detail-type': detailTypes })
    expect(Targets[0].DeadLetterConfig).toBeDefined()
    if (source === 'guanxi') expect([typeof EventBusName, EventPattern.detail]).toEqual(['object', detail])
    else
      expect([EventBusName, EventPattern.detail]).toEqual([
        undefined,
        {
          mail: {
            tags: {
              'ses:configuration-set': ['guanxi-prod-mail'],
              ...(ofCampaigns === undefined ? {} : { campaign: [{ exists: ofCampaigns }] }),
            },
          },
        },
      ])
  }
})

test('SES publishes every event that a consumer listens to, and to the bus of the account', () => {
  const [destination] = ofType('AWS::SES::ConfigurationSetEventDestination')

  const { EventBridgeDestination, MatchingEventTypes } = destination!.Properties.EventDestination
  expect(JSON.stringify(EventBridgeDestination)).toContain(':event-bus/default')
  expect(MatchingEventTypes).toHaveLength(
    new Set(consumers.filter(({ source }) => source === 'aws.ses').flatMap(({ detailTypes }) => detailTypes)).size,
  )
})

test('the publisher sees new outbox items only, and halves a batch that fails', () => {
  const [mapping] = mappings.filter(({ Properties }) => Properties.StartingPosition)

  expect(JSON.parse(mapping!.Properties.FilterCriteria.Filters[0].Pattern)).toEqual({
    eventName: ['INSERT'],
    dynamodb: { NewImage: { entity: { S: ['event'] } } },
  })
  expect(mapping!.Properties).toMatchObject({ BisectBatchOnFunctionError: true, StartingPosition: 'TRIM_HORIZON' })
  expect(mapping!.Properties.DestinationConfig.OnFailure.Destination).toBeDefined()
})

test('a job is started with its name and the time it was due', () => {
  const made = ofType('AWS::Scheduler::Schedule', [templates().schedules!])

  expect(made).toHaveLength(schedules.length)
  for (const { name, cron } of schedules) {
    const { ScheduleExpression, Target } = made.find(({ Properties }) => Properties.Name === `guanxi-prod-${name}`)!.Properties

    expect(ScheduleExpression).toBe(cron)
    expect(JSON.parse(Target.Input)).toEqual({ name, time: '<aws.scheduler.scheduled-time>' })
    expect(Target.DeadLetterConfig).toBeDefined()
  }
})
