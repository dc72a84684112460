import { expect, test } from 'vitest'
import { openFirm } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

const server = sharedServer()
interface Merge {
  id: string
  status: string
}

test('a merge is carried out by itself, reminders follow, and it is undone by itself', { timeout: 120_000 }, async () => {
  const firm = await openFirm(server, 'Merging Trading', 'en')
  const customer = async (name: string) => (await firm.admin<{ id: string }>('POST', '/v1/customers', { name })).id
  const [survivor, duplicate] = [await customer('明辉贸易'), await customer('明辉')]
  const contact = await firm.admin<{ id: string }>('POST', '/v1/contacts', { customerId: duplicate, name: '李' })
  await firm.admin('POST', '/v1/follow-ups', { customerId: duplicate, dueOn: firm.today, subject: 'samples' })
  const whose = async () => {
    const agenda = await firm.admin<{ data: { customerId: string }[] }>('GET', '/v1/agenda')
    const { customerId } = await firm.admin<{ customerId: string }>('GET', `/v1/contacts/${contact.id}`)
    return [customerId, ...agenda.data.map((entry) => entry.customerId)]
  }

  const merge = await firm.admin<Merge>('POST', `/v1/customers/${survivor}/merge`, { duplicateId: duplicate })
  await server.control('settle')
  const done = await firm.admin<Merge>('GET', `/v1/merges/${merge.id}`)
  const merged = await whose()
  await firm.admin('POST', `/v1/merges/${merge.id}/undo`)
  await server.control('settle')
  const undone = await firm.admin<Merge>('GET', `/v1/merges/${merge.id}`)

  expect([merge.status, done.status, undone.status]).toEqual(['running', 'done', 'undone'])
  expect(merged).toEqual([survivor, survivor])
  expect(await whose()).toEqual([duplicate, duplicate])
})
