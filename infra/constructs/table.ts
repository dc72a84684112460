import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup'
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { Schedule } from 'aws-cdk-lib/aws-events'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { type House, nameOf, removalOf } from './house.ts'

/** The indexes of the table; domain/store/table.ts says the same, and a test compares both. */
export const indexes = ['gsi1', 'gsi2']

const key = (name: string) => ({ name, type: AttributeType.STRING })

/** The one table. Its name is CloudFormation's, so that a restored copy can take its place by a change of reference. */
export function oneTable(scope: Construct, house: House): Table {
  const table = new Table(scope, 'Table', {
    partitionKey: key('pk'),
    sortKey: key('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
    deletionProtection: house.settings.protect,
    removalPolicy: removalOf(house),
  })
  for (const index of indexes)
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: key(`${index}pk`),
      sortKey: key(`${index}sk`),
      projectionType: ProjectionType.ALL,
    })
  return table
}

/** A daily backup beside point-in-time recovery: it survives the table itself. */
export function dailyBackup(scope: Construct, house: House, table: Table, encryptionKey: IKey): void {
  const vault = new BackupVault(scope, 'BackupVault', {
    backupVaultName: nameOf(house, 'table'),
    encryptionKey,
    removalPolicy: removalOf(house),
  })
  const plan = new BackupPlan(scope, 'BackupPlan', {
    backupPlanName: nameOf(house, 'table'),
    backupVault: vault,
    backupPlanRules: [
      new BackupPlanRule({
        ruleName: 'daily',
        scheduleExpression: Schedule.cron({ minute: '30', hour: '17' }),
        deleteAfter: Duration.days(house.settings.backupRetentionDays),
      }),
    ],
  })
  plan.addSelection('Table', { resources: [BackupResource.fromDynamoDbTable(table)] })
}
