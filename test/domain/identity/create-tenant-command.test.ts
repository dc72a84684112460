import { expect, test } from 'vitest'
import { users } from '../../../domain/identity/user/user.table.ts'
import { find } from '../../../domain/store/read.ts'
import { openTenant } from '../../../functions/commands/create-tenant.ts'
import { tenantContext } from '../../../functions/runtime.ts'

const person = ['--name', 'Ming Trading', '--admin-name', 'Li Ming', '--admin-email', 'ming@example.com']

test('the operator opens a tenant with an admin who may then be let into the pool', async () => {
  const words = await openTenant([...person, '--time-zone', 'Europe/Berlin', '--currency', 'EUR'], 'eu-central-1_abc')

  const [, tenantId, userId] = /Name=custom:tenant_id,Value=(\S+) Name=custom:user_id,Value=(\S+)$/.exec(words)!
  const ctx = await tenantContext(tenantId!)
  expect(ctx.tenant).toMatchObject({ name: 'Ming Trading', timeZone: 'Europe/Berlin', currency: 'EUR', locale: 'zh-CN' })
  expect(await find(ctx, users, userId!)).toMatchObject({ name: 'Li Ming', email: 'ming@example.com', roles: ['admin'], active: true })
  expect(words).toContain('aws cognito-idp admin-create-user --user-pool-id eu-central-1_abc --username "ming@example.com"')
})

test('what is missing or wrong is refused before anything is written', async () => {
  await expect(openTenant(['--name', 'Ming Trading'], 'pool')).rejects.toThrow('Usage: npm run create-tenant')
  await expect(openTenant([...person, '--time-zone', 'Mars/Olympus'], 'pool')).rejects.toMatchObject({ kind: 'invalid' })
})
