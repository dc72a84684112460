import { SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf, type Role, roles } from '../../domain/identity/permissions.ts'
import type { User } from '../../domain/identity/user/user.ts'
import { api, callAs, nameOf, operations } from '../support/api.ts'
import { httpEvent } from '../support/call.ts'
import { casesOf } from '../support/cases.ts'
import { expectDocumented } from '../support/documented.ts'
import { pathToNothing } from '../support/fixtures.ts'
import { some } from '../support/share.ts'
import { callWith, type Issuers, startIssuers } from '../support/signed-in.ts'
import { newTenant, type TestTenant } from '../support/tenant.ts'

/** Every operation by everybody who may not use it: who is nobody to us, and who lacks the permission. */
const cases = casesOf('authorization matrix')
const named = operations.map((route) => [nameOf(route), route] as const)

let firm: TestTenant
let issuers: Issuers
let people: { role: Role; user: User }[]
/** What somebody sends who is not recognised, by why. */
let forged: Record<string, { authorization: string | undefined; code: string }>

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Tokens of a user that was shut out, and of one that there is not in this firm. */
async function strangers(): Promise<Record<string, string>> {
  const [leaver, other] = [await firm.user('admin'), await newTenant()]
  const tokenOf = (user: User, epoch = user.tokenEpoch) => issuers.ours.issue({ tenantId: firm.id, userId: user.id, epoch })
  const shutOut = await tokenOf(leaver)
  await callAs(firm.id, firm.admin)(`/v1/users/${leaver.id}`, { method: 'PATCH', body: { active: false } })
  return { shutOut, ofAnotherTenant: await tokenOf(other.admin) }
}

async function tokens(): Promise<typeof forged> {
  const subject = { tenantId: firm.id, userId: firm.admin.id, epoch: firm.admin.tokenEpoch }
  const key = issuers.ours.keys().keys[0]!
  const right = await issuers.ours.issue(subject)
  const payload = right.split('.')[1]!
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const withSecret = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: key.kid! }).sign(new TextEncoder().encode(key.n ?? key.x))
  const { shutOut, ofAnotherTenant } = await strangers()
  const bearer = (token: string, code = 'token.invalid') => ({ authorization: `Bearer ${token}`, code })
  return {
    'no token': { authorization: undefined, code: 'token.missing' },
    'an expired token': bearer(await issuers.ours.issue(subject, -60), 'token.expired'),
    'a token of another issuer': bearer(await issuers.stranger.issue(subject)),
    'a token for another audience': bearer(await issuers.otherClient.issue(subject)),
    'a token with algorithm none': bearer(`${encoded({ alg: 'none', kid: key.kid })}.${payload}.`),
    'a token signed with the public key': bearer(await withSecret),
    'a token of a forger': bearer(await issuers.forger.issue(subject)),
    'a token of who was shut out': bearer(shutOut!, 'token.inactive'),
    'a token of a user of another tenant': bearer(ofAnotherTenant!),
    'an API key that there is not': bearer(`gx_live_${'A'.repeat(43)}`),
  }
}

beforeAll(async () => {
  firm = await newTenant()
  issuers = await startIssuers()
  people = await Promise.all(roles.map(async (role) => ({ role, user: await firm.user(role) })))
  forged = await tokens()
})

describe('every operation', () => {
  test.each(named)('%s wants somebody signed in', async (name, route) => {
    for (const [kind, { authorization, code }] of some(Object.entries(forged), 1)) {
      const answer = await callWith(authorization, pathToNothing(route), { method: route.method, body: route.example?.body })

      await cases.check(kind, name, () => {
        expect(answer).toMatchObject({ status: 401, body: { code }, headers: { 'www-authenticate': 'Bearer' } })
        expectDocumented(route, answer)
      })
    }
  })

  test.each(named)('%s is refused to every role without its permission, and to no other', async (name, route) => {
    for (const { role, user } of people) {
      const { status, body } = await callAs(firm.id, user)(pathToNothing(route), { method: route.method, rawBody: '{' })
      const isRefused = body?.code === 'permission.missing'
      const may = route.permission === 'signed-in' || permissionsOf(role).has(route.permission)

      await cases.check('a role', `${role}: ${name}`, () => {
        expect(isRefused).toBe(!may)
        if (isRefused) expect(status).toBe(403)
      })
    }
  })

  test.each(named)('%s is refused to an API key without its scope', async (name, route) => {
    const { id, admin } = firm
    const event = httpEvent(id, admin, pathToNothing(route), { method: route.method })
    const caller = { tenantId: id, kind: 'key', id: 'key_1', userId: admin.id, roles: ['admin'], scopes: [] }
    event.requestContext.authorizer = { lambda: { recognised: JSON.stringify({ outcome: 'ok', caller }) } }

    const result = await (api as unknown as (event: object, context: object) => Promise<{ statusCode: number }>)(event, {})

    await cases.check('an API key without the scope', name, () => expect(result.statusCode === 403).toBe(route.permission !== 'signed-in'))
  })
})
