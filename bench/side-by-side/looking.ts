import { byClients, type Load, loaded, prepared, type Sent } from './client.ts'
import type { Crm, Found } from './crm.ts'
import { newCustomer } from './customers.ts'

/** Customers of the firm, and how many receivables each of them owes: 20,000 in all, every one overdue. */
const customers = 400
const receivablesEach = 50
const requests = 50
const clients = 8

/** A firm in which there is something to look at; gives the names of its customers. */
async function fill(crm: Crm): Promise<string[]> {
  return byClients(clients, customers, async (n) => {
    const customer = newCustomer()
    const { id } = await prepared(crm.createCustomer(customer))
    for (let i = 0; i < receivablesEach; i++) await prepared(crm.createReceivable(`${id}`, `L-${n}-${i}`))
    return customer.name
  })
}

/** The first and the last page of customers, the search for a name that one of them has, and 50 overdue receivables of 20,000. */
export async function looking(crm: Crm): Promise<Load[]> {
  const names = await fill(crm)
  // What follows from it, in the background, is no part of looking.
  await crm.settled()
  const repeated = (name: string, count: number, once: (n: number) => Promise<Found>) =>
    loaded(name, () => byClients(1, requests, async (n) => held(await once(n), count)))
  return [
    await repeated('first page of 25 customers', 25, crm.firstPage),
    await repeated('last page of 25 customers', 25, crm.lastPage),
    await repeated(`search for the name of one of ${customers} customers`, 1, (n) => crm.findByName(names[n]!)),
    await repeated(`50 overdue of ${customers * receivablesEach} receivables`, 50, crm.overdue),
  ]
}

/** An answer with another number of records than there are counts as failed. */
const held = (found: Found, count: number): Sent =>
  found.count === count ? found : { ...found, status: 500, answer: { code: `${found.count} instead of ${count}` } }
