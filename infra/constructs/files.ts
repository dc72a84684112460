import type { IKey } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Aws, Duration } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'
import { type House, nameOf, removalOf } from './house.ts'

export interface Files {
  bucket: Bucket
  /** All objects of the bucket, as an IAM resource. */
  objectsArn: string
}

/** Bucket names are the world's; the account in it keeps others from having taken ours. */
const bucketName = (house: House): string => `${nameOf(house, 'files')}-${Aws.ACCOUNT_ID}`
const objectsArn = (house: House): string => `arn:${Aws.PARTITION}:s3:::${bucketName(house)}/*`

/** How cdk-nag writes `objectsArn` down, for the one acknowledgement it needs. */
export const objectsFinding = (house: House): string => `arn:<AWS::Partition>:s3:::${nameOf(house, 'files')}-<AWS::AccountId>/*`

/** What is under the prefix is for a while: a day longer than it can be asked for, then it is gone for good. */
const passing = (prefix: string, days: number): LifecycleRule => ({
  prefix,
  expiration: Duration.days(days),
  noncurrentVersionExpiration: Duration.days(1),
})

/** Uploaded files: private, encrypted with the stage's key, versioned, every access logged. */
export function filesBucket(scope: Construct, house: House, key: IKey): Files {
  const shared = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    removalPolicy: removalOf(house),
  }
  const accessLogs = new Bucket(scope, 'FileAccessLogs', {
    ...shared,
    // S3 delivers its access logs only to a bucket encrypted with its own keys.
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(house.settings.logRetentionDays), noncurrentVersionExpiration: Duration.days(1) }],
  })
  const bucket = new Bucket(scope, 'Files', {
    ...shared,
    bucketName: bucketName(house),
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'files/',
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: Duration.days(30) },
      passing('imports/', 31),
      passing('exports/', 8),
      passing('printed/', 1),
    ],
  })
  return { bucket, objectsArn: objectsArn(house) }
}
