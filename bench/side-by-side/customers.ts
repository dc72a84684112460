import { firmName, firmPhone } from '../../test/support/firm-names.ts'
import { byClients, type Load, loaded, prepared, type Sent } from './client.ts'
import type { Crm } from './crm.ts'

const rounds = 25
let made = 0

/** A customer as a rep types it: another firm each time. */
export const newCustomer = () => ({ name: firmName(), externalId: `race-${++made}`, phones: [firmPhone()] })

/** The id of a customer that a workload needs. */
export const customerOf = async (crm: Crm): Promise<string> => `${(await prepared(crm.createCustomer(newCustomer()))).id}`

/** Customers created by clients at the same time. */
export const creating = (crm: Crm, clients: number, count: number): Promise<Load> =>
  loaded(`customer create, ${clients} clients`, () => byClients(clients, count, () => crm.createCustomer(newCustomer())))

/** In each round every client sets a field of its own of one record at the same moment; afterwards each must stand. No value comes twice. */
export async function editing(crm: Crm, clients: number): Promise<Load> {
  const id = await customerOf(crm)
  const fields = Array.from({ length: clients }, (_, n) => n)
  let lost = 0
  const load = await loaded(`simultaneous edits of one record, ${clients} clients`, async () => {
    const answers: Sent[] = []
    for (let n = 1; n <= rounds; n++) {
      const round = clients * rounds + n
      answers.push(...(await Promise.all(fields.map((field) => crm.setField(id, field, round)))))
      lost += (await crm.fieldsHeld(id, fields, round)).filter((isHeld) => !isHeld).length
    }
    return answers
  })
  return { ...load, lost }
}
