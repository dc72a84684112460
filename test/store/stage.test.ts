import { describe, expect, test } from 'vitest'
import { createUser } from '../../domain/identity/user/change-user.ts'
import { knownUsers } from '../../domain/identity/user/team.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { changeContact, createContact, deleteContact, getContact } from '../../domain/parties/contact/change-contact.ts'
import { listContacts } from '../../domain/parties/contact/list-contacts.ts'
import { changeCustomer, createCustomer, deleteCustomer, getCustomer } from '../../domain/parties/customer/change-customer.ts'
import { measure } from '../../domain/store/capacity.ts'
import { commit } from '../../domain/store/commit.ts'
import { holds } from '../../domain/store/condition.ts'
import { countAction, readCount } from '../../domain/store/count.ts'
import { openStage } from '../../domain/store/stage.ts'
import { newTenant } from '../support/tenant.ts'

const admin = async (): Promise<Context> => {
  const tenant = await newTenant()
  return tenant.as(tenant.admin)
}
const contactsOf = (ctx: Context, customerId: string, more: { limit?: number; cursor?: string } = {}) =>
  listContacts(ctx, { limit: 25, sort: 'createdAt', filter: { customerId: { eq: customerId } }, ...more })
const codeOf = (work: Promise<unknown>) => work.then(() => 'done').catch((error: Problem) => error.code)

describe('a stage', () => {
  test('writes what several use cases did on each other in one transaction, and nothing before', async () => {
    const ctx = await admin()
    const stage = openStage(ctx)

    const customer = await stage.attempt((staged) => createCustomer(staged, { name: 'Mingda', tags: ['fair'] }))
    const first = await stage.attempt((staged) => createContact(staged, { customerId: customer.id, name: 'Li', primary: true }))
    const second = await stage.attempt((staged) => createContact(staged, { customerId: customer.id, name: 'Wang', primary: true }))
    const unwritten = await codeOf(getCustomer(ctx, { id: customer.id }))
    const { spent } = await measure(() => stage.commit('done'))

    expect(unwritten).toBe('customer.not-found')
    expect(spent.byCommand).toEqual({ TransactWriteItemsCommand: 1 })
    expect(await getCustomer(ctx, { id: customer.id })).toMatchObject({ version: 3, primaryContactId: second.id, tags: ['fair'] })
    expect((await contactsOf(ctx, customer.id)).data.map((contact) => [contact.name, contact.primary, contact.version])).toEqual([
      ['Li', undefined, 2],
      ['Wang', true, 1],
    ])
    expect((await getContact(ctx, { id: first.id })).version).toBe(2)
  })

  test('shows lists as they will be: added, changed and deleted things, page by page', async () => {
    const ctx = await admin()
    const customer = await createCustomer(ctx, { name: 'Mingda' })
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const stored = []
    for (const name of names) stored.push(await createContact(ctx, { customerId: customer.id, name }))
    const stage = openStage(ctx)

    for (const contact of stored.slice(0, 5)) await deleteContact(stage.ctx, { id: contact.id })
    await changeContact(stage.ctx, { id: stored[5]!.id, changes: { name: 'F' } })
    await createContact(stage.ctx, { customerId: customer.id, name: 'h' })
    const first = await contactsOf(stage.ctx, customer.id, { limit: 2 })
    const second = await contactsOf(stage.ctx, customer.id, { limit: 2, cursor: first.page.next! })

    expect([...first.data, ...second.data].map((contact) => contact.name)).toEqual(['F', 'g', 'h'])
    expect((await contactsOf(ctx, customer.id)).data.map((contact) => contact.name)).toEqual(names)
  })

  test('refuses a value that something staged before has taken, and keeps nothing of what failed', async () => {
    const ctx = await admin()
    const stage = openStage(ctx)

    await stage.attempt((staged) => createCustomer(staged, { name: 'One', externalId: 'E-1' }))
    const items = stage.actions().length
    const second = await codeOf(stage.attempt((staged) => createCustomer(staged, { name: 'Two', externalId: 'E-1' })))

    expect(second).toBe('customer.external-id-taken')
    expect(stage.actions()).toHaveLength(items)
  })

  test('lets one record take over the unique value that another one gives up', async () => {
    const ctx = await admin()
    const one = await createCustomer(ctx, { name: 'One', externalId: 'E-1' })
    const two = await createCustomer(ctx, { name: 'Two', externalId: 'E-2' })
    const stage = openStage(ctx)

    await changeCustomer(stage.ctx, { id: one.id, changes: { externalId: null } })
    await changeCustomer(stage.ctx, { id: two.id, changes: { externalId: 'E-1' } })
    await changeCustomer(stage.ctx, { id: one.id, changes: { externalId: 'E-2' } })
    await stage.commit('done')

    expect((await getCustomer(ctx, { id: one.id })).externalId).toBe('E-2')
    expect((await getCustomer(ctx, { id: two.id })).externalId).toBe('E-1')
    expect(await codeOf(createCustomer(ctx, { name: 'Three', externalId: 'E-2' }))).toBe('customer.external-id-taken')
  })

  test('leaves no trace of what was created and deleted in it', async () => {
    const ctx = await admin()
    const stage = openStage(ctx)

    const customer = await createCustomer(stage.ctx, { name: 'Short', externalId: 'E-9', nextContactOn: '2026-11-27' })
    await deleteCustomer(stage.ctx, { id: customer.id })
    await stage.commit('done')

    expect(await codeOf(getCustomer(ctx, { id: customer.id }))).toBe('customer.not-found')
    expect(await codeOf(createCustomer(ctx, { name: 'Again', externalId: 'E-9' }))).toBe('done')
  })

  test('is stale as a whole when a record it read was changed meanwhile', async () => {
    const ctx = await admin()
    const customer = await createCustomer(ctx, { name: 'Mingda' })
    const stage = openStage(ctx)
    await createContact(stage.ctx, { customerId: customer.id, name: 'Li' })
    await changeCustomer(stage.ctx, { id: customer.id, changes: { level: 'small' } })

    await changeCustomer(ctx, { id: customer.id, changes: { level: 'key-major' } })
    const outcome = await codeOf(stage.commit('done'))

    expect(outcome).toBe('write.conflict')
    expect((await contactsOf(ctx, customer.id)).data).toEqual([])
  })

  test('says whose it is when a value turns out to be taken only when it is written', async () => {
    const ctx = await admin()
    const stage = openStage(ctx)
    const explain = (error: unknown) => new Problem('conflict', `item-7.${(error as Problem).code}`, 'Taken.')
    await stage.attempt((staged) => createCustomer(staged, { name: 'Late', externalId: 'E-1' }), explain)

    await createCustomer(ctx, { name: 'Early', externalId: 'E-1' })

    expect(await codeOf(stage.commit('done'))).toBe('item-7.customer.external-id-taken')
  })

  test('adds up counts, and reads them with what is staged', async () => {
    const ctx = await admin()
    const count = { name: 'test', of: 'somebody' }
    const adding = (by: number) => ({ result: undefined, actions: () => [countAction(ctx, count, by)] })
    await commit(ctx, [adding(2)], [])
    const stage = openStage(ctx)

    await commit(stage.ctx, [adding(3)], [])
    await commit(stage.ctx, [adding(-1)], [])
    const inside = await readCount(stage.ctx, count)
    await stage.commit('done')

    expect(inside).toBe(4)
    expect(await readCount(ctx, count)).toBe(4)
  })

  test('knows colleagues that are staged, and nobody else does', async () => {
    const ctx = await admin()
    const stage = openStage(ctx)

    const boss = await createUser(stage.ctx, { name: 'Boss', email: 'boss@test.example', roles: ['manager'] })
    const rep = await createUser(stage.ctx, { name: 'Rep', email: 'rep@test.example', roles: ['rep'], managerId: boss.id })

    expect((await knownUsers(stage.ctx)).map((user) => user.id)).toEqual(expect.arrayContaining([boss.id, rep.id]))
    expect((await knownUsers(ctx)).map((user) => user.id)).not.toContain(boss.id)
  })
})

describe('a condition judged on a staged item', () => {
  test.each([
    ['attribute_not_exists(pk)', undefined, true],
    ['attribute_not_exists(pk)', { pk: 'a' }, false],
    ['version = :version', { version: 3 }, true],
    ['version = :version', { version: 4 }, false],
    ['version = :version', {}, false],
    ['attribute_not_exists(pk) OR #ref = :version', { pk: 'a', other: 3 }, true],
    ['attribute_exists(pk) AND (attribute_not_exists(#ref) OR #ref < :version)', { pk: 'a', other: 2 }, true],
    ['attribute_exists(pk) AND (attribute_not_exists(#ref) OR #ref < :version)', { pk: 'a', other: 3 }, false],
    ['NOT attribute_exists(pk) OR version <> :version', { pk: 'a', version: 1 }, true],
  ])('%s of %j is %s', (condition, item, expected) => {
    const judged = holds({ condition, names: { '#ref': 'other' }, values: { ':version': 3 } }, item)

    expect(judged).toBe(expected)
  })
})
