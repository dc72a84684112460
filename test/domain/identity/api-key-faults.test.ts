import { expect, test } from 'vitest'
import { apiKeys } from '../../../domain/identity/api-key/api-key.table.ts'
import { createApiKey, revokeApiKey, rotateApiKey } from '../../../domain/identity/api-key/change-api-key.ts'
import { find } from '../../../domain/store/read.ts'
import { type Plan, withFaults } from '../../support/faults.ts'
import { newTenant } from '../../support/tenant.ts'

const noDeletes: Plan = (operation) => (operation === 'DeleteItem' ? { refuse: 'InternalFailure' } : undefined)

test('a rotation that cannot tidy up has still rotated: the only secret there is comes back', async () => {
  const { admin, as } = await newTenant()
  const ctx = await as(admin)
  const { id } = await createApiKey(ctx, { name: 'ERP', scopes: ['customers.read'] })
  await rotateApiKey(ctx, { id })

  const rotated = await rotateApiKey(withFaults(ctx, noDeletes), { id })

  expect(rotated.secret).toMatch(/^gx_live_/)
  expect(await find(ctx, apiKeys, id)).toMatchObject({ version: 3, hint: rotated.secret.slice(-4) })
})

test('a key whose traces cannot be tidied up is revoked all the same', async () => {
  const { admin, as } = await newTenant()
  const ctx = await as(admin)
  const { id } = await createApiKey(ctx, { name: 'ERP', scopes: ['customers.read'] })

  await revokeApiKey(withFaults(ctx, noDeletes), { id })

  expect(await find(ctx, apiKeys, id, { consistent: true })).toBeUndefined()
})
