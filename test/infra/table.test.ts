import { expect, test } from 'vitest'
import { tableDefinition, ttlAttribute } from '../../domain/store/table.ts'
import { ofType, templates } from './synthesized.ts'

const [table] = ofType('AWS::DynamoDB::Table', [templates().data!])

test('the deployed table is the one that the store defines', () => {
  const { BillingMode, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, StreamSpecification, TimeToLiveSpecification } =
    table!.Properties

  expect({ BillingMode, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes }).toEqual({
    BillingMode: tableDefinition.BillingMode,
    KeySchema: tableDefinition.KeySchema,
    AttributeDefinitions: tableDefinition.AttributeDefinitions,
    GlobalSecondaryIndexes: tableDefinition.GlobalSecondaryIndexes,
  })
  expect(StreamSpecification.StreamViewType).toBe(tableDefinition.StreamSpecification.StreamViewType)
  expect(TimeToLiveSpecification).toEqual({ AttributeName: ttlAttribute, Enabled: true })
})

test('the table of production can be restored to any second, and is not deleted by mistake', () => {
  expect(table!.Properties).toMatchObject({
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  })
  expect(table!.DeletionPolicy).toBe('Retain')
})

test('files and people outlive their stack in production too', () => {
  const [files] = ofType('AWS::S3::Bucket', [templates().data!]).filter(({ Properties }) => Properties.LoggingConfiguration)
  const [pool] = ofType('AWS::Cognito::UserPool')

  expect(files!.DeletionPolicy).toBe('Retain')
  expect(files!.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm).toBe('aws:kms')
  expect(pool!.Properties.DeletionProtection).toBe('ACTIVE')
})

test('a person cannot change which tenant and user they are', () => {
  const [pool] = ofType('AWS::Cognito::UserPool')
  const [client] = ofType('AWS::Cognito::UserPoolClient')

  const custom = pool!.Properties.Schema.filter(({ Name }: { Name: string }) => Name !== 'email')
  expect(custom.map(({ Name, Mutable }: { Name: string; Mutable: boolean }) => [Name, Mutable])).toEqual([
    ['tenant_id', false],
    ['user_id', false],
  ])
  expect(client!.Properties.WriteAttributes).toEqual(['email'])
})

test('the pool puts claims into access tokens: Essentials plan, trigger of version 2', () => {
  const [pool] = ofType('AWS::Cognito::UserPool')

  expect(pool!.Properties.UserPoolTier).toBe('ESSENTIALS')
  expect(pool!.Properties.LambdaConfig.PreTokenGenerationConfig).toMatchObject({ LambdaVersion: 'V2_0' })
})

test('what came and went with imports and exports does not stay in the bucket', () => {
  const [files] = ofType('AWS::S3::Bucket', [templates().data!]).filter(({ Properties }) => Properties.LoggingConfiguration)
  const rules = files!.Properties.LifecycleConfiguration.Rules as {
    Prefix?: string
    ExpirationInDays?: number
    NoncurrentVersionExpiration: object
  }[]

  const passing = (prefix: string) => rules.find(({ Prefix }) => Prefix === prefix)
  const once = { NoncurrentDays: 1 }

  expect(passing('imports/')).toMatchObject({ ExpirationInDays: 31, NoncurrentVersionExpiration: once })
  expect(passing('exports/')).toMatchObject({ ExpirationInDays: 8, NoncurrentVersionExpiration: once })
  expect(rules.filter(({ Prefix, ExpirationInDays }) => Prefix === undefined && ExpirationInDays !== undefined)).toEqual([])
})
