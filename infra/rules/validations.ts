import { type Acknowledgment, Validations } from 'aws-cdk-lib/core'
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag'
import type { Construct } from 'constructs'
import { objectsFinding } from '../constructs/files.ts'
import type { House } from '../constructs/house.ts'
import { HouseRules } from './house-rules.ts'

/** Rules of the public packs that do not fit this system, each with its reason; at most five per pack. */
export const acknowledged = (house: House): Acknowledgment[] => [
  {
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    reason: 'The role of AWS Backup: AWS keeps its policy in step with what the service does.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'X-Ray segments, ListStreams and DescribeAlarms know no resource; the statements hold in the own region only, and Guanxi-NoWildcard refuses any without a condition.',
  },
  {
    id: `AwsSolutions-IAM5[Resource::${objectsFinding(house)}]`,
    reason: 'The objects of the one bucket of files: their names are made at run time.',
  },
  {
    id: 'AwsSolutions-COG8',
    reason: 'Plus adds risk scores at a price per user; Essentials has what is used here, and a second factor is required of everybody.',
  },
  {
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason: 'Lambda takes a destination for streams only, and the stream has one; failed messages of a queue go to its dead letters.',
  },
  {
    id: 'Serverless-SQSRedrivePolicy',
    reason: 'Said of the dead-letter queues themselves; every other queue has one, which Guanxi-DeadLetters sees to.',
  },
  {
    id: 'Serverless-SNSRedrivePolicy',
    reason:
      'The one subscription is the mail to the operator; an alarm that waits in a queue helps nobody, and CloudWatch keeps its history.',
  },
  {
    id: 'NIST.800.53.R5-LambdaConcurrency',
    reason:
      'Reserving concurrency for every function would take it from the others; queue workers are limited at their event source, the API by throttling.',
  },
  {
    id: 'NIST.800.53.R5-LambdaInsideVPC',
    reason: 'The functions reach AWS services alone, by IAM and TLS; a VPC would add gateways to pay and nothing to protect.',
  },
  {
    id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    reason: 'One region by design: files are versioned, and their loss is limited by retention and deletion protection.',
  },
  {
    id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
    reason:
      'S3 delivers access logs only to a bucket encrypted with its own keys; the bucket of files is encrypted with the key of the stage.',
  },
]

/** Everything that a synth must pass: the house rules and three packs of cdk-nag. */
export function validate(app: Construct, house: House): void {
  Validations.of(app).addPlugins(new HouseRules(app), new AwsSolutionsChecks(app), new ServerlessChecks(app), new NIST80053R5Checks(app))
  Validations.of(app).acknowledge(...acknowledged(house))
}
