import { startServer, type TestServer } from '../../test/support/server.ts'
import { type Call, callerAt, prepared, type Sent } from './client.ts'
import type { Crm, Found, OpenedCrm } from './crm.ts'
import { sellHere } from './guanxi-sale.ts'

const owed = { amount: '1000.00', currency: 'CNY' }
const mailsAtMost = 10_000
const day = 24 * 60 * 60 * 1000

/** This system, started for the workloads with no data. */
export async function openCrm(): Promise<OpenedCrm> {
  const server = await startServer()
  let firms = 0
  return {
    newFirm: async () => {
      const { tenantId, adminToken } = await server.control<{ tenantId: string; adminToken: string }>('tenants', {
        name: `Firm ${++firms}`,
      })
      const call = callerAt(server.url, adminToken)
      return { ...customersOf(call), ...moneyOf(call), ...lookingOf(call), ...remindersOf(server, call, tenantId) }
    },
    stop: server.stop,
  }
}

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

const customersOf = (call: Call): Pick<Crm, 'createCustomer' | 'setField' | 'fieldsHeld'> => ({
  createCustomer: (customer) => call('POST', '/v1/customers', customer),
  setField: (id, n, round) => {
    const [field, valueAt] = fields[n]!
    return call('PATCH', `/v1/customers/${id}`, { [field]: valueAt(round) })
  },
  fieldsHeld: async (id, numbers, round) => {
    const { answer } = await call('GET', `/v1/customers/${id}`)
    return numbers.map((n) => contains(answer[fields[n]![0]], fields[n]![1](round)))
  },
})

/** The answer fills what was not sent with null, also inside of an address. */
function contains(answer: unknown, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null) return answer === sent
  return Object.entries(sent).every(([name, value]) => contains((answer as Record<string, unknown> | null)?.[name], value))
}

const moneyOf = (call: Call): Pick<Crm, 'createReceivable' | 'pay' | 'outstanding' | 'sell'> => ({
  createReceivable: (customerId, number) => receivable(call, customerId, number),
  pay: (customerId, receivableId) =>
    call('POST', '/v1/receipts', {
      customerId,
      receivedOn: '2026-02-01',
      amount: owed,
      method: 'bank',
      allocations: [{ receivableId, amount: owed }],
    }),
  outstanding: async (id) => {
    const { outstanding } = (await prepared(call('GET', `/v1/receivables/${id}`))) as { outstanding: { amount: string } }
    return Number(outstanding.amount)
  },
  sell: (customerId, step) => sellHere(call, customerId, step),
})

const receivable = (call: Call, customerId: unknown, number: string): Promise<Sent> =>
  call('POST', '/v1/receivables', { customerId, number, issuedOn: '2026-01-01', dueOn: '2026-02-01', amount: owed })

const lookingOf = (call: Call): Pick<Crm, 'firstPage' | 'lastPage' | 'findByName' | 'overdue'> => ({
  firstPage: () => found(call('GET', '/v1/customers?limit=25')),
  lastPage: () => found(call('GET', '/v1/customers?limit=25&sort=createdAt')),
  findByName: (value) => found(call('POST', '/v1/customers/search', { where: { field: 'name', op: 'contains', value }, fields: ['name'] })),
  overdue: () => found(call('GET', '/v1/receivables?filter[status]=overdue&limit=50')),
})

async function found(sent: Promise<Sent>): Promise<Found> {
  const answered = await sent
  return { ...answered, count: ((answered.answer.data as unknown[] | undefined) ?? []).length }
}

/** Reminders to customers are our dunning mails; the run of a day is its schedule at the present hour. */
function remindersOf(
  { control, url }: TestServer,
  call: Call,
  tenantId: string,
): Pick<Crm, 'createDebtor' | 'settled' | 'remind' | 'mailsSent'> {
  let isSwitchedOn = false
  const switchOn = async () => {
    if (!isSwitchedOn)
      await prepared(call('PATCH', '/v1/tenant', { dunning: [{ level: 'friendly', daysAfterDue: 1, active: true }], reminderHour: 0 }))
    isSwitchedOn = true
  }
  return {
    createDebtor: async (customer) => {
      await switchOn()
      const sent = await call('POST', '/v1/customers', customer)
      return sent.status < 400 ? receivable(call, sent.answer.id, customer.externalId) : sent
    },
    settled: async () => void (await control('settle')),
    remind: async (days) => {
      await control('schedules/dunning/run', { time: new Date(Date.now() + days * day).toISOString() })
      await control('settle')
    },
    mailsSent: async () => {
      const mails = (await (await fetch(`${url}/_local/mail?tenant=${tenantId}&limit=${mailsAtMost}`)).json()) as { data: unknown[] }
      return mails.data.length
    },
  }
}
