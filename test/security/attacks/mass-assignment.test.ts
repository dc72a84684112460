import { beforeAll, expect, test } from 'vitest'
import { type Call, callAs, nameOf, operations } from '../../support/api.ts'
import { casesOf } from '../../support/cases.ts'
import { bodySchemaOf, document } from '../../support/documented.ts'
import { bodyFor, pathToNothing } from '../../support/fixtures.ts'
import { seed, some } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

/** Fields that only we set, sent along with a body that is right: refused at their place, in every operation. */
const cases = casesOf('attacks')
const kind = 'mass assignment'

const fields: Record<string, unknown> = {
  ...{
    tenantId: 'other',
    id: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    version: 99,
    createdAt: '2020-01-01T00:00:00Z',
    updatedAt: '2020-01-01T00:00:00Z',
  },
  ...{ createdBy: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', ownerId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', status: 'paid', balance: 0, outstanding: 0 },
  ...{ pk: 'T#other', sk: 'CUS', gsi1pk: 'T#other', gsi2sk: 'x', ttl: 1, type: 'user', schemaVersion: 1, exposure: 0, paid: true },
  ...{
    isAdmin: true,
    roles: ['admin'],
    permissions: ['*'],
    scopes: null,
    active: true,
    tokenEpoch: 9,
    signingKey: 'x',
    secret: 'x',
    hash: 'x',
  },
  ...{
    approved: true,
    number: 'X-1',
    total: '0.00',
    unallocated: 0,
    score: 100,
    sentAt: '2020-01-01T00:00:00Z',
    deletedAt: null,
    actor: 'system',
  },
}
const withBody = operations.filter((route) => route.body).map((route) => [nameOf(route), route] as const)

let call: Call

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
})

// biome-ignore lint/suspicious/noExplicitAny: a schema is read member by member
type Schema = any
const resolved = (schema: Schema): Schema => (schema.$ref ? (document.components as Schema).schemas[schema.$ref.split('/').at(-1)] : schema)

/** The names of what a body may hold; several shapes are taken together. */
function namesOf(given: Schema): Set<string> {
  const schema = resolved(given)
  const choices = (schema.anyOf ?? schema.oneOf ?? []) as Schema[]
  return new Set([...Object.keys(schema.properties ?? {}), ...choices.flatMap((choice) => [...namesOf(choice)])])
}

test.each(some(withBody, 4))(`%s sets none of what only we set, seed ${seed}`, async (name, route) => {
  const known = namesOf(bodySchemaOf(route))
  const path = pathToNothing(route)
  const body = (await bodyFor(call, route)) ?? {}

  for (const [field, value] of Object.entries(fields)) {
    if (known.has(field)) {
      cases.leaveOut(kind, 'a field that the operation takes by its document')
      continue
    }
    const answer = await call(path, { method: route.method, body: { ...body, [field]: value } })

    await cases.check(kind, `${name} ${field}`, () => {
      expect(answer.status, JSON.stringify(answer.body)).toBe(422)
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer: `/${field}` }))
    })
  }
})
