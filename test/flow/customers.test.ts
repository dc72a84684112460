import { describe, expect, it } from 'vitest'
import { customerOf, openFirm } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

const server = sharedServer()

type List<T = Record<string, unknown>> = { data: T[] }

async function firmWithCustomer(name: string) {
  const firm = await openFirm(server, name, 'en')
  const nancy = await firm.person({ name: 'Nancy', email: `nancy@${name}.example`, roles: ['rep'] })
  const steven = await firm.person({ name: 'Steven', email: `steven@${name}.example`, roles: ['rep'] })
  const customerId = await customerOf(nancy, { name: 'Ernst Handel' }, firm.today, 'Ask about the order')
  await nancy.call('POST', '/v1/contacts', { customerId, name: 'Roland Mendel' })
  const deadLetters = async () => ((await (await fetch(`${server.url}/_local/dead-letters`)).json()) as List).data
  return { firm, nancy, steven, customerId, deadLetters }
}

describe('what belongs to a customer', () => {
  it('goes with it to another owner', async () => {
    const { firm, nancy, steven, customerId, deadLetters } = await firmWithCustomer('handover')
    const count = async (person: typeof nancy) =>
      Promise.all(['/v1/agenda', '/v1/follow-ups', '/v1/contacts'].map(async (path) => (await person.call<List>('GET', path)).data.length))

    await firm.admin('PATCH', `/v1/customers/${customerId}`, { ownerId: steven.id })
    await server.control('settle')
    const afterGiving = [await count(nancy), await count(steven)]

    expect(afterGiving).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ])
    expect(await deadLetters()).toEqual([])
  })

  it('is gone with it, files too, and only the audit trail remains', async () => {
    const { firm, nancy, customerId, deadLetters } = await firmWithCustomer('deletion')
    const on = { type: 'customer', id: customerId }
    const file = await nancy.call<{ id: string; upload: { url: string; headers: Record<string, string> } }>('POST', '/v1/files', {
      ...{ name: 'card.png', contentType: 'image/png', size: 4, on },
    })
    await fetch(file.upload.url, { method: 'PUT', headers: file.upload.headers, body: 'abcd' })
    const { url } = await nancy
      .call<{ url?: string }>('POST', `/v1/files/${file.id}/complete`, {})
      .then(() => nancy.call<{ url: string }>('GET', `/v1/files/${file.id}`))
    const before = (await fetch(url!)).status

    await firm.admin('DELETE', `/v1/customers/${customerId}`)
    await server.control('settle')
    const lists = await Promise.all(
      ['/v1/contacts', '/v1/follow-ups', '/v1/agenda'].map(async (path) => (await firm.admin<List>('GET', path)).data.length),
    )
    const trail = await firm.admin<List>('GET', `/v1/events?filter[customerId]=${customerId}`)

    expect([before, (await fetch(url!)).status]).toEqual([200, 404])
    expect(lists).toEqual([0, 0, 0])
    expect(trail.data[0]).toMatchObject({ type: 'customer.deleted' })
    expect(await deadLetters()).toEqual([])
  })
})
