import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { CredentialsOfTenant } from '../../domain/store/database.ts'

const validSeconds = 3600

/**
 * Credentials that reach the items of one tenant only: the session's tag fills in the policy of the role. The SDK keeps
 * them and asks again when they end.
 */
export function tenantCredentials(roleArn: string): CredentialsOfTenant {
  const sts = new STSClient({ maxAttempts: 5 })
  return (tenantId) => () => assume(sts, roleArn, tenantId)
}

async function assume(sts: STSClient, roleArn: string, tenantId: string) {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: tenantId.replace(/[^\w+=,.@-]/g, '_').slice(0, 64),
      DurationSeconds: validSeconds,
      Tags: [{ Key: 'tenant', Value: tenantId }],
    }),
  )
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey) throw new Error('STS gave no credentials for the tenant.')
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken, Expiration } = Credentials
  return {
    accessKeyId,
    secretAccessKey,
    ...(SessionToken ? { sessionToken: SessionToken } : {}),
    ...(Expiration ? { expiration: Expiration } : {}),
  }
}
