import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Aws } from 'aws-cdk-lib/core'
import type { Needs } from '../../functions/manifest.ts'
import type { Foundation } from '../stacks/data.ts'

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem']

/** Partition keys of a tenant, and those of the system, as IAM patterns. The keys themselves are made in domain/store/keys.ts. */
export const tenantPattern = (tenant: string): string => `T#${tenant}#*`
const everyTenant = 'T#*'
const systemItems = 'SYS#*'

export const allow = (actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>): PolicyStatement =>
  new PolicyStatement({ effect: Effect.ALLOW, actions, resources, ...(conditions && { conditions }) })

/** For the few actions that know no resource: they hold in the stack's own region only. */
export const allowInRegion = (...actions: string[]): PolicyStatement =>
  allow(actions, ['*'], { StringEquals: { 'aws:RequestedRegion': Aws.REGION } })

/**
 * Items whose partition key matches a pattern, in the table and its indexes. There is no Scan and no PartiQL, for which
 * the condition would not hold; a transaction is granted by the actions it is made of.
 */
export function allowItems(tableArn: string, indexes: string[], access: 'read' | 'write', patterns: string[]): PolicyStatement {
  const actions = access === 'read' ? readActions : [...readActions, ...writeActions]
  const resources = [tableArn, ...indexes.map((index) => `${tableArn}/index/${index}`)]
  return allow(actions, resources, { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } })
}

/** Turns what the manifest says a function needs into statements, and nothing else. */
export function grantsFor(needs: Needs, data: Foundation): PolicyStatement[] {
  return [
    ...tableGrants(needs, data),
    ...(needs.sends ?? []).map((queue) => allow(['sqs:SendMessage'], [data.queues[queue]!.queue.queueArn])),
    ...(needs.mails ? [allow(['ses:SendRawEmail'], data.mail.arns)] : []),
    ...(needs.mailAccount ? [allowInRegion('ses:GetSendQuota', 'ses:GetIdentityVerificationAttributes')] : []),
    ...(needs.files ? fileGrants(data) : []),
  ]
}

/** Where the stage has per-tenant credentials, a tenant's items are reached through its role alone; `SYS#` stays the function's own. */
function tableGrants({ table, system }: Needs, { table: { tableArn }, indexes, tenantRole }: Foundation): PolicyStatement[] {
  const granted: PolicyStatement[] = []
  if (system) granted.push(allowItems(tableArn, indexes, system, [systemItems]))
  if (table !== 'none')
    granted.push(
      tenantRole ? allow(['sts:AssumeRole', 'sts:TagSession'], [tenantRole.roleArn]) : allowItems(tableArn, indexes, table, [everyTenant]),
    )
  return granted
}

/** Without the list, S3 says 403 of an object that is not there, and nobody can tell the two apart. */
const fileGrants = ({ files, key }: Foundation): PolicyStatement[] => [
  allow(['s3:ListBucket'], [files.bucket.bucketArn]),
  allow(['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], [files.objectsArn]),
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], { StringEquals: { 'kms:ViaService': `s3.${Aws.REGION}.${Aws.URL_SUFFIX}` } }),
]
