import type { Table } from 'aws-cdk-lib/aws-dynamodb'
import { EventBus } from 'aws-cdk-lib/aws-events'
import type { Role } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { CfnOutput } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { preToken, queues } from '../../functions/manifest.ts'
import { alarmTopic } from '../constructs/alarms.ts'
import { environmentOf } from '../constructs/environment.ts'
import { type Files, filesBucket } from '../constructs/files.ts'
import { grantsFor } from '../constructs/grants.ts'
import { type House, houseStack, nameOf } from '../constructs/house.ts'
import { houseFunction } from '../constructs/house-function.ts'
import { houseKey } from '../constructs/key.ts'
import { type Mail, mailSending } from '../constructs/mail.ts'
import { type People, userPool } from '../constructs/people.ts'
import { dailyBackup, indexes, oneTable } from '../constructs/table.ts'
import { tenantRole } from '../constructs/tenant-role.ts'
import { deadLetterQueue, type WorkQueue, workQueue } from '../constructs/work-queue.ts'

/** What every function may be given a part of. */
export interface Foundation {
  key: Key
  table: Table
  indexes: string[]
  bus: EventBus
  queues: Record<string, WorkQueue>
  files: Files
  mail: Mail
  alarms: Topic
  /** Only where the stage has per-tenant credentials. */
  tenantRole: Role | undefined
}

/** What the other stacks lean on. */
export interface Data extends Foundation {
  people: People
}

/** Cognito gives a trigger five seconds. */
const triggerSeconds = 5

/** Whatever holds data or names someone: table, bus, queues, files, mail identity, people. */
export function dataStack(scope: Construct, house: House): Data {
  const stack = houseStack(scope, house, 'data', 'Guanxi: table, bus, queues, files, mail identity and people')
  const key = houseKey(stack, house)
  const table = oneTable(stack, house)
  dailyBackup(stack, house, table, key)
  const foundation: Foundation = {
    key,
    table,
    indexes,
    bus: new EventBus(stack, 'Bus', { eventBusName: nameOf(house, 'events') }),
    queues: Object.fromEntries(queues.map(({ name, timeoutSeconds }) => [name, workQueue(stack, house, name, timeoutSeconds)])),
    files: filesBucket(stack, house, key),
    mail: mailSending(stack, house),
    alarms: alarmTopic(stack, house, key),
    tenantRole: house.settings.perTenantCredentials ? tenantRole(stack, house, table.tableArn, indexes) : undefined,
  }
  const people = peopleOf(stack, house, foundation)
  new CfnOutput(stack, 'TableName', { value: table.tableName })
  new CfnOutput(stack, 'UserPoolId', { value: people.pool.userPoolId })
  new CfnOutput(stack, 'UserPoolClientId', { value: people.client.userPoolClientId })
  foundation.mail.dkimRecords.forEach(({ name, value }, index) => {
    new CfnOutput(stack, `DkimRecord${index + 1}`, {
      value: `${name} CNAME ${value}`,
      description: 'To be set in the DNS of the mail domain',
    })
  })
  return { ...foundation, people }
}

/** The trigger stands beside the pool: each needs the other. */
function peopleOf(stack: Construct, house: House, foundation: Foundation): People {
  const { name } = preToken
  const trigger = houseFunction(stack, house, {
    name,
    timeoutSeconds: triggerSeconds,
    environment: environmentOf(house, preToken, foundation),
    grants: grantsFor(preToken, foundation),
    deadLetters: deadLetterQueue(stack, house, name),
    key: foundation.key,
  })
  return userPool(stack, house, trigger)
}
