import { SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { callAs } from '../../support/api.ts'
import { callWith, type Issuers, startIssuers } from '../../support/signed-in.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let issuers: Issuers
let firm: TestTenant
let rep: User

beforeAll(async () => {
  issuers = await startIssuers()
  firm = await newTenant()
  rep = await firm.user('rep')
})

const subject = (user: User, epoch = user.tokenEpoch) => ({ tenantId: firm.id, userId: user.id, epoch })
const me = (authorization: string | undefined) => callWith(authorization, '/v1/me')

test('a token of our issuer opens the API for its user, with what its roles give', async () => {
  const answer = await me(`Bearer ${await issuers.ours.issue(subject(rep))}`)

  expect(answer).toMatchObject({ status: 200, body: { id: rep.id, roles: ['rep'], dataScope: 'own' } })
  expect(answer.body.permissions).toContain('customers.write')
  expect(answer.body.permissions).not.toContain('users.write')
})

describe('refused with 401', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = () => ({ client_id: 'guanxi-test', token_use: 'access', tenant_id: firm.id, user_id: rep.id, epoch: 1 })
  const refused = async (authorization: string | undefined, code: string) =>
    expect(await me(authorization)).toMatchObject({ status: 401, body: { code }, headers: { 'www-authenticate': 'Bearer' } })

  test('no token, another scheme, or something that is no token', async () => {
    await refused(undefined, 'token.missing')
    await refused('Basic YWRtaW46YWRtaW4=', 'token.invalid')
    await refused('Bearer', 'token.invalid')
    await refused('Bearer nonsense', 'token.invalid')
    await refused(`Bearer ${'x'.repeat(10_000)}`, 'token.invalid')
    await refused(`Bearer gx_live_${'A'.repeat(43)}`, 'token.invalid')
  })

  test('an expired token', async () => {
    await refused(`Bearer ${await issuers.ours.issue(subject(rep), -60)}`, 'token.expired')
  })

  test('a token signed with keys that are not ours, under our own key id too', async () => {
    const { kid } = issuers.ours.keys().keys[0]!
    const forged = await issuers.forger.issue(subject(rep))
    const [, payload, signature] = forged.split('.')

    await refused(`Bearer ${forged}`, 'token.invalid')
    await refused(`Bearer ${encode({ alg: 'ES256', kid })}.${payload}.${signature}`, 'token.invalid')
  })

  test('a token with one byte changed, anywhere', async () => {
    const token = await issuers.ours.issue(subject(rep))

    for (let i = 0; i < token.length; i += 7) {
      const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
      // The last character of a base64url text holds bits that count for nothing: the same bytes, the same token.
      if (
        Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(Buffer.from(token.split('.')[2]!, 'base64url')) &&
        i > token.lastIndexOf('.')
      )
        continue
      await refused(`Bearer ${changed}`, 'token.invalid')
    }
  })

  test('algorithm none, and a public key used as a secret', async () => {
    const key = issuers.ours.keys().keys[0]!
    const payload = encode({ ...claims(), iss: issuers.ours.issuer, exp: 4_102_444_800 })
    const confused = await new SignJWT({ ...claims(), iss: issuers.ours.issuer })
      .setProtectedHeader({ alg: 'HS256', kid: key.kid! })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(JSON.stringify(key)))

    await refused(`Bearer ${encode({ alg: 'none' })}.${payload}.`, 'token.invalid')
    await refused(`Bearer ${encode({ alg: 'none', kid: key.kid })}.${payload}.`, 'token.invalid')
    await refused(`Bearer ${confused}`, 'token.invalid')
  })

  test('another issuer or another client, though the keys are ours', async () => {
    await refused(`Bearer ${await issuers.stranger.issue(subject(rep))}`, 'token.invalid')
    await refused(`Bearer ${await issuers.otherClient.issue(subject(rep))}`, 'token.invalid')
  })

  test('a user that is not in that tenant, and one of another tenant', async () => {
    const other = await newTenant()
    const nobody = { ...subject(rep), userId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }

    await refused(`Bearer ${await issuers.ours.issue(nobody)}`, 'token.invalid')
    await refused(`Bearer ${await issuers.ours.issue({ ...subject(rep), tenantId: other.id })}`, 'token.invalid')
    await refused(`Bearer ${await issuers.ours.issue({ ...subject(rep), tenantId: 'no-such-tenant' })}`, 'token.invalid')
  })

  test('somebody who was shut out, with the old token also after being let in again', async () => {
    const leaver = await firm.user('rep')
    const token = `Bearer ${await issuers.ours.issue(subject(leaver))}`
    const change = (active: boolean) => callAs(firm.id, firm.admin)(`/v1/users/${leaver.id}`, { method: 'PATCH', body: { active } })
    expect((await me(token)).status).toBe(200)

    await change(false)
    await refused(token, 'token.inactive')
    await change(true)
    await refused(token, 'token.inactive')

    const again = await issuers.ours.issue(subject(leaver, leaver.tokenEpoch + 1))
    expect((await me(`Bearer ${again}`)).status).toBe(200)
  })
})
