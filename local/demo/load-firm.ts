import { addDays } from '../../domain/kernel/dates.ts'
import { type Api, apiOf, inParallel } from './api.ts'
import type { Firm, FirmCustomer, Person } from './firm.ts'

const atOnce = 4

interface Loading {
  url: string
  tenantId: string
  admin: Api
  /** The day whose digest is asked for. */
  day: string
}

/** Brings a firm in through the public API, each visit by the rep who made it. */
export async function loadFirm(firm: Firm, loading: Loading): Promise<void> {
  const users = new Map<string, { id: string; api: Api }>()
  for (const person of firm.people) users.set(person.email, await addPerson(person, users, loading))
  console.log(`  people ${firm.people.length}/${firm.people.length}`)
  await inParallel('customers with contacts and visits', firm.customers, atOnce, async (customer) => {
    const owner = users.get(customer.owner)!
    await addCustomer(customer, owner, loading)
  })
}

async function addPerson(
  person: Person,
  users: Map<string, { id: string }>,
  { url, tenantId, admin }: Loading,
): Promise<{ id: string; api: Api }> {
  const { manager, ...fields } = person
  const known = await admin<{ data: { id: string }[] }>('GET', `/v1/users?${new URLSearchParams({ 'filter[email][eq]': person.email })}`)
  const create = () => admin<{ id: string }>('POST', '/v1/users', { ...fields, ...(manager ? { managerId: users.get(manager)!.id } : {}) })
  const { id } = known.data[0] ?? (await create())
  const { accessToken } = await apiOf(url)<{ accessToken: string }>('POST', '/_local/tokens', { tenant: tenantId, email: person.email })
  return { id, api: apiOf(url, accessToken) }
}

async function addCustomer(
  { fields, contacts, visits }: FirmCustomer,
  owner: { id: string; api: Api },
  { admin, day }: Loading,
): Promise<void> {
  const { id: customerId } = await admin<{ id: string }>('POST', '/v1/customers', { ...fields, ownerId: owner.id })
  for (const contact of contacts) await admin('POST', '/v1/contacts', { customerId, ...contact })
  for (const { kind, daysAgo, summary, nextIn } of visits)
    await owner.api('POST', '/v1/activities', {
      customerId,
      kind,
      at: `${addDays(day, -daysAgo)}T03:00:00Z`,
      summary,
      nextContactOn: addDays(day, nextIn),
    })
}
