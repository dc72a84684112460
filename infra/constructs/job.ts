import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnSchedule, type CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import { Aws } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import type { Schedule } from '../../functions/manifest.ts'
import type { Data } from '../stacks/data.ts'
import { environmentOf } from './environment.ts'
import { allow, grantsFor } from './grants.ts'
import { type House, nameOf } from './house.ts'
import { houseFunction } from './house-function.ts'
import { deadLetterQueue } from './work-queue.ts'

/** What a job is called with; EventBridge Scheduler fills in the time it was due, not the time it ran. */
const scheduleInput = (name: string): string => JSON.stringify({ name, time: '<aws.scheduler.scheduled-time>' })

/** A function that EventBridge Scheduler starts. A start that fails is tried again for an hour; the next run catches up then. */
export function scheduledJob(
  scope: Construct,
  house: House,
  data: Data,
  group: CfnScheduleGroup,
  schedule: Schedule,
  environment: Record<string, string>,
): void {
  const name = `schedule-${schedule.name}`
  const deadLetters = deadLetterQueue(scope, house, name)
  const job = houseFunction(scope, house, {
    name,
    timeoutSeconds: schedule.timeoutSeconds,
    environment: { ...environmentOf(house, schedule, data), ...environment },
    grants: grantsFor(schedule, data),
    deadLetters,
    key: data.key,
  })
  const starter = new Role(scope, `${name}-starter`, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    managedPolicies: [
      new ManagedPolicy(scope, `${name}-start`, {
        statements: [allow(['lambda:InvokeFunction'], [job.functionArn]), allow(['sqs:SendMessage'], [deadLetters.queueArn])],
      }),
    ],
  })
  new CfnSchedule(scope, `${name}-schedule`, {
    name: nameOf(house, schedule.name),
    groupName: group.ref,
    scheduleExpression: schedule.cron,
    scheduleExpressionTimezone: 'UTC',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: job.functionArn,
      roleArn: starter.roleArn,
      input: scheduleInput(schedule.name),
      retryPolicy: { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 3600 },
      deadLetterConfig: { arn: deadLetters.queueArn },
    },
  })
}
