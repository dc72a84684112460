import type { STSClient } from '@aws-sdk/client-sts'
import type { CredentialsOfTenant } from '../../domain/store/database.ts'

const validSeconds = 3600

/**
 * Credentials that reach the items of one tenant only: the session's tag fills in the policy of the role. The SDK keeps
 * them and asks again when they end. The client is Lambda's own (infra/bundle.ts leaves it out) and loaded only here: few
 * stages want it, and 39 KiB would weigh on the start of every function.
 */
export function tenantCredentials(roleArn: string): CredentialsOfTenant {
  let client: STSClient | undefined
  return (tenantId) => async () => {
    const sts = await import('@aws-sdk/client-sts')
    client ??= new sts.STSClient({ maxAttempts: 5 })
    return assume(sts, client, roleArn, tenantId)
  }
}

async function assume({ AssumeRoleCommand }: typeof import('@aws-sdk/client-sts'), sts: STSClient, roleArn: string, tenantId: string) {
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
