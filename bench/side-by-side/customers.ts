import { firmName, firmPhone } from '../../test/support/firm-names.ts'
import { byClients, type Call, type Load, loaded, prepared, type Sent } from './client.ts'

const rounds = 25
let made = 0

/** A customer as a rep types it: another firm each time. */
export const newCustomer = () => ({ name: firmName(), externalId: `race-${++made}`, phones: [firmPhone()] })

/** Customers created by clients at the same time. */
export const creating = (call: Call, clients: number, count: number): Promise<Load> =>
  loaded(`customer create, ${clients} clients`, () => byClients(clients, count, () => call('POST', '/v1/customers', newCustomer())))

/** The fields that the clients of one round set, each its own. */
const fields: [string, (round: number) => unknown][] = [
  ['shortName', (n) => `short ${n}`],
  ['taxNumber', (n) => `TAX${n}`],
  ['industry', (n) => `industry ${n}`],
  ['source', (n) => `source ${n}`],
  ['priceLevel', (n) => `level ${n}`],
  ['notes', (n) => `notes ${n}`],
  ['email', (n) => `mail${n}@example.com`],
  ['website', (n) => `https://example.com/${n}`],
  ['aliases', (n) => [`alias ${n}`]],
  ['phones', (n) => [`021-${10_000_000 + n}`]],
  ['tags', (n) => [`tag ${n}`]],
  ['holdWhenOverdueDays', (n) => n],
  ['creditLimit', (n) => ({ amount: `${1000 + n}.00`, currency: 'CNY' })],
  ['overdueLimit', (n) => ({ amount: `${2000 + n}.00`, currency: 'CNY' })],
  ['poor', (n) => n % 2 === 0],
  ['addresses', (n) => [{ kind: 'office', line: `street ${n}` }]],
]

/** In each round every client sets a field of its own of one record at the same moment; afterwards each must stand. No value comes twice. */
export async function editing(call: Call, clients: number): Promise<Load> {
  const path = `/v1/customers/${(await prepared(call('POST', '/v1/customers', newCustomer()))).id}`
  let lost = 0
  const load = await loaded(`simultaneous edits of one record, ${clients} clients`, async () => {
    const answers: Sent[] = []
    for (let n = 1; n <= rounds; n++) {
      const edits = fields.slice(0, clients).map(([field, valueAt]) => ({ field, value: valueAt(clients * rounds + n) }))
      answers.push(...(await Promise.all(edits.map(({ field, value }) => call('PATCH', path, { [field]: value })))))
      const { answer } = await call('GET', path)
      lost += edits.filter(({ field, value }) => !contains(answer[field], value)).length
    }
    return answers
  })
  return { ...load, lost }
}

/** The answer fills what was not sent with null, also inside of an address. */
function contains(answer: unknown, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null) return answer === sent
  return Object.entries(sent).every(([name, value]) => contains((answer as Record<string, unknown> | null)?.[name], value))
}
