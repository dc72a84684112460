import { beforeEach, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { newId } from '../../../domain/kernel/ids.ts'
import { merges } from '../../../domain/parties/merge/merge.table.ts'
import { commit } from '../../../domain/store/commit.ts'
import { get } from '../../../domain/store/read.ts'
import { handler as mergeCustomers } from '../../../functions/queues/parties/merge-customers.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let rep: User
let other: User

beforeEach(async () => {
  tenant = await newTenant()
  ;[rep, other] = [await tenant.user('rep'), await tenant.user('rep')]
})

const as = (user: User) => partiesAs(tenant, user)
const merge = (user: User, id: string, duplicateId: string, more = {}) =>
  as(user)(`/v1/customers/${id}/merge`, { body: { duplicateId, ...more } })
const carryOut = (mergeId: string) =>
  mergeCustomers({ Records: [{ messageId: '1', body: JSON.stringify({ tenantId: tenant.id, mergeId }) }] } as never)
const pair = async (owner = rep) => [await customerOf(tenant, owner), await customerOf(tenant, owner)] as const

test('the preview shows the result and both values of every field in which they differ, and writes nothing', async () => {
  const survivor = await customerOf(tenant, rep, { level: 'small', phones: ['021-6543 2100'] })
  const duplicate = await customerOf(tenant, rep, { level: 'key-major', phones: ['+86 138 0013 8000'], industry: 'valves' })

  const preview = await as(rep)(`/v1/customers/${survivor.id}/merge/preview`, {
    body: { duplicateId: duplicate.id, choices: { level: 'duplicate' } },
  })

  expect(preview).toMatchObject({
    status: 200,
    body: {
      result: { id: survivor.id, name: survivor.name, level: 'key-major', industry: 'valves', aliases: [duplicate.name] },
      conflicts: [
        { field: 'name', survivor: survivor.name, duplicate: duplicate.name, stands: 'survivor' },
        { field: 'level', survivor: 'small', duplicate: 'key-major', stands: 'duplicate' },
      ],
      leftOut: [],
    },
  })
  expect(preview.body.result.phones).toHaveLength(2)
  expect((await as(rep)(`/v1/customers/${duplicate.id}`)).body.id).toBe(duplicate.id)
})

test('a merge is accepted, carried out by its job, and the old id answers with the survivor', async () => {
  const [survivor, duplicate] = await pair()

  const accepted = await merge(rep, survivor.id, duplicate.id)
  const running = await as(rep)(`/v1/merges/${accepted.body.id}`)
  await carryOut(accepted.body.id)
  const done = await as(rep)(`/v1/merges/${accepted.body.id}`)

  expect(accepted).toMatchObject({ status: 202, body: { status: 'running', survivorId: survivor.id, duplicateId: duplicate.id } })
  expect(running.body).toEqual(accepted.body)
  expect(done.body).toMatchObject({ status: 'done', finishedAt: expect.any(String), errors: [] })
  expect((await as(rep)(`/v1/customers/${duplicate.id}`)).body).toMatchObject({ id: survivor.id, aliases: [duplicate.name] })
  expect((await as(rep)('/v1/customers')).body.data.map(({ id }: { id: string }) => id)).toEqual([survivor.id])
})

test('a request repeated with its key starts one merge', async () => {
  const [survivor, duplicate] = await pair()
  const send = () =>
    as(rep)(`/v1/customers/${survivor.id}/merge`, { body: { duplicateId: duplicate.id }, headers: { 'idempotency-key': 'once' } })

  const [first, again] = [await send(), await send()]

  expect([first.status, again.status]).toEqual([202, 202])
  expect(again.body).toEqual(first.body)
})

test('fields that there are not, and sides that there are not, are refused at their place', async () => {
  const [survivor, duplicate] = await pair()
  const send = (choices: object) => () => merge(rep, survivor.id, duplicate.id, { choices })

  await expectRefused(send({ colour: 'duplicate' }), 422, 'input.invalid', '/choices/colour')
  await expectRefused(send({ openFollowUps: 'duplicate' }), 422, 'input.invalid', '/choices/openFollowUps')
  await expectRefused(send({ level: 'both' }), 422, 'input.invalid', '/choices/level')
  await expectRefused(send({ creditLimit: 'duplicate' }), 403, 'field.forbidden', '/choices/creditLimit')
})

test('a customer is not merged with itself, by any of its ids', async () => {
  const [survivor, duplicate] = await pair()
  await expectRefused(() => merge(rep, survivor.id, survivor.id), 422, 'merge.with-itself', '/duplicateId')

  const { body } = await merge(rep, survivor.id, duplicate.id)
  await carryOut(body.id)

  await expectRefused(() => merge(rep, duplicate.id, survivor.id), 422, 'merge.with-itself', '/duplicateId')
  await expectRefused(() => merge(rep, survivor.id, duplicate.id), 409, 'customer.merged', '/duplicateId')
})

test('one that is out of sight, of another firm, or nowhere is not found, in either place', async () => {
  const [survivor] = await pair()
  const theirs = await customerOf(tenant, other)
  const foreign = await newTenant()
  const abroad = await customerOf(foreign, foreign.admin)

  for (const id of [theirs.id, abroad.id, newId('cus', new Date().toISOString())]) {
    await expectRefused(() => merge(rep, survivor.id, id), 404, 'customer.not-found', '/duplicateId')
    await expectRefused(() => merge(rep, id, survivor.id), 404, 'customer.not-found')
  }
  await expectRefused(() => merge(rep, survivor.id, 'nonsense'), 422, 'input.invalid', '/duplicateId')
})

test('one that is only to be read is not merged; a rep merges only what they own both of, a manager what is below', async () => {
  const [survivor] = await pair()
  const readable = await customerOf(tenant, other, { teamMembers: [{ userId: rep.id, access: 'read' }] })
  const writable = await customerOf(tenant, other, { teamMembers: [{ userId: rep.id, access: 'write' }] })
  const viewer = await tenant.user('viewer')

  await expectRefused(() => merge(rep, survivor.id, readable.id), 403, 'customer.read-only')
  await expectRefused(() => merge(rep, survivor.id, writable.id), 403, 'merge.not-yours')
  await expectRefused(() => merge(viewer, survivor.id, writable.id), 403, 'permission.missing')
  expect((await merge(tenant.admin, survivor.id, writable.id)).status).toBe(202)
})

test('while a merge runs no other touches either customer, it is not undone, and the survivor is not deleted', async () => {
  const [survivor, duplicate] = await pair()
  const third = await customerOf(tenant, rep, { name: '第三' })
  const { body } = await merge(rep, survivor.id, duplicate.id)

  await expectRefused(() => merge(rep, survivor.id, third.id), 409, 'merge.running')
  await expectRefused(() => merge(rep, third.id, survivor.id), 409, 'merge.running')
  await expectRefused(() => merge(rep, third.id, duplicate.id), 409, 'customer.merged', '/duplicateId')
  await expectRefused(() => as(rep)(`/v1/merges/${body.id}/undo`, { method: 'POST' }), 409, 'merge.running')
  await expectRefused(() => as(tenant.admin)(`/v1/customers/${survivor.id}`, { method: 'DELETE' }), 409, 'merge.running')
})

test('more open follow-ups than a customer holds are refused before anything is written', async () => {
  const [survivor, duplicate] = await pair()
  const plan = (customerId: string) => as(rep)('/v1/follow-ups', { body: { customerId, dueOn: day(1), subject: 'x' } })
  for (let i = 0; i < 16; i++) await Promise.all([plan(survivor.id), plan(duplicate.id)])

  await expectRefused(() => merge(rep, survivor.id, duplicate.id), 409, 'merge.too-many-open')
})

test("lists beyond their size keep what is the survivor's, and what found no room is told", async () => {
  const tags = (prefix: string) => Array.from({ length: 30 }, (_, i) => `${prefix}${i}`)
  const survivor = await customerOf(tenant, rep, { tags: tags('a') })
  const duplicate = await customerOf(tenant, rep, { tags: tags('b') })

  const preview = await as(rep)(`/v1/customers/${survivor.id}/merge/preview`, { body: { duplicateId: duplicate.id } })
  const { body } = await merge(rep, survivor.id, duplicate.id)

  expect(preview.body.result.tags).toEqual([...tags('a'), ...tags('b').slice(0, 20)])
  expect(preview.body.leftOut).toEqual([{ field: 'tags', values: tags('b').slice(20) }])
  expect(body.errors).toMatchObject([{ code: 'merge.no-room', on: 'tags' }])
})

test('a merge is undone once and within seven days, by who may merge', async () => {
  const [survivor, duplicate] = await pair()
  const { body } = await merge(rep, survivor.id, duplicate.id)
  await carryOut(body.id)
  const undo = (user: User) => as(user)(`/v1/merges/${body.id}/undo`, { method: 'POST' })
  const ctx = await tenant.as(tenant.admin)
  const setUntil = async (undoUntil: string) => {
    const record = await get(ctx, merges, body.id, { consistent: true })
    await commit(ctx, [merges.replace(ctx, record, { ...record, undoUntil })], [])
  }

  await expectRefused(() => undo(other), 404, 'merge.not-found')
  await setUntil('2026-01-01T00:00:00.000Z')
  await expectRefused(() => undo(rep), 409, 'merge.undo-expired')
  await setUntil('2150-01-01T00:00:00.000Z')
  const undoing = await undo(rep)
  await carryOut(body.id)

  expect(undoing).toMatchObject({ status: 202, body: { status: 'undoing' } })
  expect((await as(rep)(`/v1/customers/${duplicate.id}`)).body).toMatchObject({ id: duplicate.id, name: duplicate.name, ownerId: rep.id })
  expect((await as(rep)(`/v1/customers/${survivor.id}`)).body).toMatchObject({ aliases: [] })
  await expectRefused(() => undo(rep), 409, 'merge.undone')
})
