import { beforeAll, describe, expect, test } from 'vitest'
import { type Call, callAs } from '../../support/api.ts'
import { createFixture } from '../../support/fixtures.ts'
import { expectRefused, withoutWriting } from '../../support/nothing-written.ts'
import { newTenant } from '../../support/tenant.ts'

let call: Call
let customer: { id: string }
let elsewhere: Awaited<ReturnType<typeof recordsElsewhere>>

beforeAll(async () => {
  const firm = await newTenant()
  call = callAs(firm.id, firm.admin)
  customer = await createFixture(call, 'customers')
  elsewhere = await recordsElsewhere()
})

const send = (target: string, body: unknown) => () => call(target, { method: 'POST', body })

/** Records of another tenant. */
async function recordsElsewhere() {
  const other = await newTenant()
  const theirs = callAs(other.id, other.admin)
  const [cus, con, fup, act] = await Promise.all(
    ['customers', 'contacts', 'follow-ups', 'activities'].map((noun) => createFixture(theirs, noun)),
  )
  return { usr: other.admin.id, cus: cus!.id, con: con!.id, fup: fup!.id, act: act!.id }
}

describe('references', () => {
  const nowhere = {
    usr: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    cus: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    con: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    fup: 'fup_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
    act: 'act_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  }
  const visit = { kind: 'visit', at: '2026-11-20T10:30:00Z', summary: 'x' }
  const file = { name: 'x.pdf', contentType: 'application/pdf', size: 10 }
  const places: [string, string, (ids: typeof nowhere) => object, string][] = [
    ['the owner of a customer', '/v1/customers', ({ usr }) => ({ name: 'x', ownerId: usr }), '/ownerId'],
    ['the parent of a customer', '/v1/customers', ({ cus }) => ({ name: 'x', parentCustomerId: cus }), '/parentCustomerId'],
    ['who recommended us', '/v1/customers', ({ cus }) => ({ name: 'x', referredById: cus }), '/referredById'],
    [
      'a team member',
      '/v1/customers',
      ({ usr }) => ({ name: 'x', teamMembers: [{ userId: usr, access: 'read' }] }),
      '/teamMembers/0/userId',
    ],
    ['the customer of a contact', '/v1/contacts', ({ cus }) => ({ customerId: cus, name: 'x' }), '/customerId'],
    ['the customer of an activity', '/v1/activities', ({ cus }) => ({ ...visit, customerId: cus }), '/customerId'],
    ['the customer of a follow-up', '/v1/follow-ups', ({ cus }) => ({ customerId: cus, dueOn: '2026-12-01', subject: 'x' }), '/customerId'],
    ['the customer of a file', '/v1/files', ({ cus }) => ({ ...file, on: { type: 'customer', id: cus } }), '/on/id'],
    ['the contact of a file', '/v1/files', ({ con }) => ({ ...file, on: { type: 'contact', id: con } }), '/on/id'],
    ['the activity of a file', '/v1/files', ({ act }) => ({ ...file, on: { type: 'activity', id: act } }), '/on/id'],
    ['the follow-up of a file', '/v1/files', ({ fup }) => ({ ...file, on: { type: 'follow-up', id: fup } }), '/on/id'],
    [
      'the manager of a user',
      '/v1/users',
      ({ usr }) => ({ name: 'x', email: 'x@y.example', roles: ['rep'], managerId: usr }),
      '/managerId',
    ],
  ]

  const nouns = { usr: 'user', cus: 'customer', con: 'contact', fup: 'follow-up', act: 'activity' }
  const missing = (body: (ids: typeof nowhere) => object) =>
    `${/(user|customer|contact|follow-up|activity)!/.exec(JSON.stringify(body(marked)))?.[1]}.not-found`
  const marked = Object.fromEntries(Object.entries(nouns).map(([prefix, noun]) => [prefix, `${noun}!`])) as typeof nowhere

  test.each(places)('%s that does not exist is 404 at its place', async (_, path, body, pointer) => {
    await expectRefused(send(path, body(nowhere)), 404, missing(body), pointer)
  })

  test.each(places)('%s of another tenant too', async (_, path, body, pointer) => {
    await expectRefused(send(path, body(elsewhere)), 404, missing(body), pointer)
  })

  test.each(places.filter(([, , body]) => JSON.stringify(body(nowhere)).includes('cus_')))(
    '%s that was deleted too',
    async (_, path, body, pointer) => {
      const gone = await createFixture(call, 'customers')
      await call(`/v1/customers/${gone.id}`, { method: 'DELETE' })

      await expectRefused(send(path, body({ ...nowhere, cus: gone.id })), 404, 'customer.not-found', pointer)
    },
  )

  test('a contact or follow-up of another customer does not pass for one of this', async () => {
    const [contact, followUp] = [await createFixture(call, 'contacts'), await createFixture(call, 'follow-ups')]

    for (const more of [{ contactId: contact.id }, { followUpId: followUp.id }]) {
      const answer = await withoutWriting(send('/v1/activities', { ...visit, customerId: customer.id, ...more }))

      expect([404, 422]).toContain(answer.status)
      expect(answer.body.errors[0].pointer).toBe(`/${Object.keys(more)[0]}`)
    }
  })
})
