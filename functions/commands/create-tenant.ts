/**
 * `npm run create-tenant -- --name "Ming Trading" --admin-name "Li Ming" --admin-email ming@example.com`: opens a tenant on AWS
 * with its first user, an admin, and says how that person gets to sign in. Takes TABLE_NAME and USER_POOL_ID from the
 * environment, both outputs of the data stack.
 */
import { parseArgs } from 'node:util'
import { createTenant } from '../../domain/identity/tenant/change-tenant.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { newId } from '../../domain/kernel/ids.ts'
import { bareContext, env } from '../runtime.ts'

const usage =
  'Usage: npm run create-tenant -- --name <firm> --admin-name <person> --admin-email <address> [--time-zone Asia/Shanghai] [--currency CNY] [--locale zh-CN]'

const options = {
  name: { type: 'string' },
  'admin-name': { type: 'string' },
  'admin-email': { type: 'string' },
  'time-zone': { type: 'string' },
  currency: { type: 'string' },
  locale: { type: 'string' },
} as const

/** Opens the tenant and answers what the operator does next. Throws a Problem when a value is not acceptable. */
export async function openTenant(args: string[], poolId: string): Promise<string> {
  const { values } = parseArgs({ args, options })
  const { name, 'admin-name': adminName, 'admin-email': email, 'time-zone': timeZone, currency, locale } = values
  if (!name || !adminName || !email) throw new Error(usage)
  const { tenant, admin } = await createTenant(bareContext(newId('ten', new Date().toISOString())), {
    settings: { name, timeZone, currency, locale: locale as 'en' | 'zh-CN' | undefined },
    admin: { name: adminName, email, roles: ['admin'] },
  })
  return `Tenant ${tenant.id} with its admin ${admin.id} stands. Let the person sign in:\n\n${signInCommand(poolId, admin.email, tenant.id, admin.id)}`
}

/** Adds a person to the pool; the attributes are written once and tie the sign-in to this user of this tenant. */
const signInCommand = (poolId: string, email: string, tenantId: string, userId: string): string =>
  [
    `aws cognito-idp admin-create-user --user-pool-id ${poolId} --username "${email}" --user-attributes`,
    `"Name=email,Value=${email}" Name=email_verified,Value=true Name=custom:tenant_id,Value=${tenantId} Name=custom:user_id,Value=${userId}`,
  ].join(' ')

/** What was wrong, in words: the problem and where it lies. */
const wordsOf = (error: unknown): string =>
  error instanceof Problem
    ? [error.message, ...(error.more.errors ?? []).map(({ pointer, message }) => `${pointer}: ${message}`)].join('\n')
    : (error as Error).message

if (import.meta.main) {
  try {
    console.log(await openTenant(process.argv.slice(2), env('USER_POOL_ID')))
  } catch (error) {
    console.error(wordsOf(error))
    process.exitCode = 1
  }
}
