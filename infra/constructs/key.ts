import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Aws } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { type House, nameOf, removalOf } from './house.ts'

/** The one key of the stage, for logs, files and alarms; the services that must use it by themselves are named here. */
export function houseKey(scope: Construct, house: House): Key {
  const key = new Key(scope, 'Key', {
    alias: nameOf(house, 'data'),
    description: `Logs, files and alarms of guanxi ${house.settings.stage}`,
    enableKeyRotation: true,
    removalPolicy: removalOf(house),
  })
  const logs = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`
  key.addToResourcePolicy(
    use('logs.amazonaws.com', ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logs },
    }),
  )
  key.addToResourcePolicy(
    use('cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } }),
  )
  return key
}

const use = (service: string, actions: string[], conditions: Record<string, Record<string, string>>): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, principals: [new ServicePrincipal(service)], actions, resources: ['*'], conditions })
