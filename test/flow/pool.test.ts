import { expect, it } from 'vitest'
import { addDays, startOfLocalDay } from '../../domain/kernel/dates.ts'
import { openFirm } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

const server = sharedServer()

interface Customer {
  id: string
  ownerId: string | null
  pool: { how: string; reason: string; formerOwnerId: string } | null
}

it('a customer that nobody contacts is warned of, goes to the pool at night, and is claimed by a colleague', async () => {
  const firm = await openFirm(server, '远航贸易', 'zh-CN')
  await firm.admin('PATCH', '/v1/tenant', { poolRules: { coolingDays: 7, levels: { small: { noContactDays: 10 } } } })
  const rep = await firm.person({ name: '王芳', email: 'wang@far.example', roles: ['rep'] })
  const colleague = await firm.person({ name: '赵敏', email: 'zhao@far.example', roles: ['rep'] })
  const created = await rep.call<Customer>('POST', '/v1/customers', {
    name: '明辉电子',
    level: 'small',
    nextContactOn: addDays(firm.today, 90),
  })
  const contact = await rep.call<{ id: string }>('POST', '/v1/contacts', {
    customerId: created.id,
    name: '王经理',
    phones: ['138 0000 0000'],
  })
  const night = async (inDays: number) => {
    await server.control('schedules/pool-reclaim/run', { time: startOfLocalDay(addDays(firm.today, inDays), 'Asia/Shanghai') })
    await server.control('settle')
  }
  const owner = async () => (await firm.admin<Customer>('GET', `/v1/customers/${created.id}`)).ownerId

  await night(8)
  await firm.remind(8)
  const warned = await firm.mails(rep.email)
  await night(10)
  const before = await owner()
  await night(11)
  await night(11)
  const pooled = await colleague.call<Customer>('GET', `/v1/customers/${created.id}`)
  const claimed = await colleague.call<Customer>('POST', `/v1/customers/${created.id}/claim`)
  await server.control('settle')

  expect(warned.map(({ subject }) => subject)).toEqual(['即将回收 1 位'])
  expect(before).toBe(rep.id)
  expect(pooled).toMatchObject({ ownerId: null, pool: { how: 'reclaimed', formerOwnerId: rep.id, reason: expect.stringContaining('11') } })
  expect(claimed.ownerId).toBe(colleague.id)
  expect(await colleague.call('GET', '/v1/contacts')).toMatchObject({ data: [{ id: contact.id }] })
  expect(await colleague.call('GET', `/v1/customers/${created.id}/follow-ups`)).toMatchObject({ data: [{ status: 'cancelled' }] })
  await expect(rep.call('GET', `/v1/customers/${created.id}`)).rejects.toThrow('404')
})

it('a leaver is shut out at once, and everything goes to who takes over, from the answer to the settled job', async () => {
  const firm = await openFirm(server, '长江贸易', 'zh-CN')
  const [leaver, key, rest] = await Promise.all(
    ['li', 'wu', 'xu'].map((name) => firm.person({ name, email: `${name}@river.example`, roles: ['rep'] })),
  )
  const create = (level: string) =>
    leaver!.call<Customer>('POST', '/v1/customers', { name: level, level, nextContactOn: addDays(firm.today, 3) })
  const [major, small] = [await create('key-major'), await create('small')]
  const rules = [{ where: { field: 'level', op: 'eq', value: 'key-major' }, toUserId: key!.id }]

  const started = await firm.admin<{ id: string }>('POST', `/v1/users/${leaver!.id}/handover`, { toUserId: rest!.id, rules })
  await expect(leaver!.call('GET', '/v1/customers')).rejects.toThrow('401')
  await server.control('settle')

  const job = await firm.admin<{ status: string }>('GET', `/v1/handovers/${started.id}`)
  expect(job).toMatchObject({ status: 'done', errors: [], progress: { kind: null, customers: { moved: 2, of: 2 } } })
  expect(await key!.call('GET', '/v1/customers')).toMatchObject({ data: [{ id: major.id }] })
  expect(await rest!.call('GET', '/v1/customers')).toMatchObject({ data: [{ id: small.id }] })
  expect(await key!.call('GET', '/v1/agenda')).toMatchObject({ data: [{ customerId: major.id }] })
  expect(await (await fetch(`${server.url}/_local/dead-letters`)).json()).toEqual({ data: [] })
})
