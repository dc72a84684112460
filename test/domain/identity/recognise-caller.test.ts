import { expect, test } from 'vitest'
import { createApiKey, rotateApiKey } from '../../../domain/identity/api-key/change-api-key.ts'
import { forgetCallers } from '../../../domain/identity/caller/cache.ts'
import { recogniseCaller } from '../../../domain/identity/caller/recognise-caller.ts'
import { bareContext, systemContext } from '../../../functions/runtime.ts'
import { newTenant } from '../../support/tenant.ts'

/** Who the authorizer would see some time from now, with nothing left of what it saw before. */
function later(tenantId: string, milliseconds: number, token: string) {
  forgetCallers(tenantId)
  const now = () => new Date(Date.now() + milliseconds).toISOString()
  const within = (id: string) => ({ ...bareContext(id), now })
  return recogniseCaller({ system: systemContext(), within, verify: async () => 'invalid' }, `Bearer ${token}`)
}

test('the former secret of a rotated key works for an hour, the new one for good', async () => {
  const { id, admin, as } = await newTenant()
  const ctx = await as(admin)
  const before = await createApiKey(ctx, { name: 'ERP', scopes: ['customers.read'] })
  const after = await rotateApiKey(ctx, { id: before.id })

  expect(await later(id, 59 * 60_000, before.secret)).toMatchObject({
    outcome: 'ok',
    caller: { kind: 'key', userId: admin.id, scopes: ['customers.read'] },
  })
  expect(await later(id, 61 * 60_000, before.secret)).toEqual({ outcome: 'invalid' })
  expect((await later(id, 365 * 24 * 60 * 60_000, after.secret)).outcome).toBe('ok')
})

test('the scheme is Bearer in any case of letters, and the header holds nothing else', async () => {
  const { id, admin, as } = await newTenant()
  const { secret } = await createApiKey(await as(admin), { name: 'ERP', scopes: ['customers.read'] })
  const outcome = async (authorization: string) => {
    forgetCallers(id)
    const deps = { system: systemContext(), within: (tenantId: string) => bareContext(tenantId), verify: async () => 'invalid' as const }
    return (await recogniseCaller(deps, authorization)).outcome
  }

  expect(await outcome(`bearer ${secret}`)).toBe('ok')
  expect(await outcome(`Bearer  ${secret}`)).toBe('ok')
  expect(await outcome(`Bearer ${secret} more`)).toBe('invalid')
  expect(await outcome(secret)).toBe('invalid')
  expect(await outcome(`Bearer ${secret}#`)).toBe('invalid')
})
