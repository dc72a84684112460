import { expect, test } from 'vitest'
import { changeUser } from '../../../domain/identity/user/change-user.ts'
import { handler } from '../../../functions/pre-token.ts'
import { newTenant } from '../../support/tenant.ts'

const signIn = (attributes: Record<string, string>) =>
  handler({ request: { userAttributes: attributes }, response: { claimsAndScopeOverrideDetails: {} } } as never)

test('an access token carries tenant, user and epoch', async () => {
  const { id, admin } = await newTenant()

  const event = await signIn({ 'custom:tenant_id': id, 'custom:user_id': admin.id, email: admin.email })

  expect(event.response.claimsAndScopeOverrideDetails.accessTokenGeneration?.claimsToAddOrOverride).toEqual({
    tenant_id: id,
    user_id: admin.id,
    epoch: '1',
  })
})

test('nobody signs in without a tenant, unknown in it, or after leaving', async () => {
  const { id, admin, user, as } = await newTenant()
  const rep = await user('rep')
  await changeUser(await as(admin), { id: rep.id, changes: { active: false } })

  await expect(signIn({})).rejects.toThrow('no tenant')
  await expect(signIn({ 'custom:tenant_id': id })).rejects.toThrow('no tenant')
  await expect(signIn({ 'custom:tenant_id': id, 'custom:user_id': 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })).rejects.toThrow('no access')
  await expect(signIn({ 'custom:tenant_id': `${id}x`, 'custom:user_id': admin.id })).rejects.toThrow('no access')
  await expect(signIn({ 'custom:tenant_id': id, 'custom:user_id': rep.id })).rejects.toThrow('no access')
})
