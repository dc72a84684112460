import { type Findings, percentile, round, table } from '../figures.ts'
import { cpuOfDescendants } from '../process-cpu.ts'
import { byClients, type Call, prepared } from './client.ts'
import { newCustomer } from './customers.ts'

/** A step from quote to cash and what it took. */
interface Step {
  name: string
  status: number
  milliseconds: number
}

interface Story {
  steps: Step[]
  failure: string | undefined
}

const shippedOn = '2026-10-01'
const lines = Array.from({ length: 5 }, (_, i) => ({
  description: `连接器 ${i + 1}`,
  quantity: 100 * (i + 1),
  unitPrice: `1.${i}5`,
  unit: '只',
  taxRate: '13',
}))

/** The most times a client looks whether the receivable of a shipment is there. */
const mostLooks = 1000

/**
 * One sale in ten steps: quote of five lines, sent by link, accepted, ordered, confirmed, shipment, dispatched, the receivable is
 * there, paid in full, settled. A step that is refused ends it.
 */
async function sellOnce(call: Call): Promise<Story> {
  const { id: customerId } = await prepared(call('POST', '/v1/customers', newCustomer()))
  const steps: Step[] = []
  const step = async (name: string, method: string, path: string, body?: object) => {
    const { status, answer, milliseconds } = await call(method, path, body)
    steps.push({ name, status, milliseconds })
    if (status >= 400) throw new Error(`${name}: ${status} ${answer.code}`)
    // biome-ignore lint/suspicious/noExplicitAny: what it holds is another thing in each step
    return answer as Record<string, any>
  }
  try {
    const quote = await step('quote of 5 lines', 'POST', '/v1/quotes', { customerId, lines })
    await step('send', 'POST', `/v1/quotes/${quote.id}/send`, { channel: 'link' })
    await step('accept', 'POST', `/v1/quotes/${quote.id}/accept`, { by: '王总' })
    const order = await step('order', 'POST', `/v1/quotes/${quote.id}/order`, {})
    const { lines: ordered } = await step('confirm', 'POST', `/v1/orders/${order.id}/confirm`, {})
    const all = ordered.map(({ id, quantity }: { id: string; quantity: string }) => ({ orderLine: id, quantity }))
    const shipment = await step('shipment', 'POST', '/v1/shipments', { customerId, shippedOn, lines: all })
    await step('dispatch', 'POST', `/v1/shipments/${shipment.id}/dispatch`, {})
    steps.push(await receivableThere(call, `${customerId}`))
    await step('receipt', 'POST', '/v1/receipts', {
      customerId,
      receivedOn: shippedOn,
      amount: order.total,
      method: 'bank',
      allocate: 'oldest-first',
    })
    const { receivable } = await step('settled', 'GET', `/v1/customers/${customerId}/credit`)
    return { steps, failure: Number(receivable.amount) === 0 ? undefined : `${receivable.amount} is still owed` }
  } catch (error) {
    return { steps, failure: (error as Error).message }
  }
}

/** The time from the answer of the dispatch until its receivable can be read. */
async function receivableThere(call: Call, customerId: string): Promise<Step> {
  const name = 'receivable there'
  const started = performance.now()
  for (let look = 0; look < mostLooks; look++) {
    const { status, answer } = await call('GET', `/v1/customers/${customerId}/receivables`)
    const found = status < 400 && (answer.data as unknown[]).length > 0
    if (found || status >= 400) return { name, status, milliseconds: performance.now() - started }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${name}: not after ${mostLooks} looks`)
}

/** Sales by so many clients at the same time: the steps' p50, their sum, CPU of a whole sale, failures. */
export async function selling(call: Call, clients: number, sales: number): Promise<Findings> {
  await byClients(clients, clients * 2, () => sellOnce(call))
  const before = cpuOfDescendants()
  const stories = await byClients(clients, sales, () => sellOnce(call))
  const after = cpuOfDescendants()
  const names = [...new Set(stories.flatMap(({ steps }) => steps.map(({ name }) => name)))]
  const timesOf = (name: string) =>
    stories.flatMap(({ steps }) => steps.filter((step) => step.name === name).map((step) => step.milliseconds))
  const p50s = names.map((name) => percentile(timesOf(name), 0.5))
  const sum = p50s.reduce((total, p50) => total + p50, 0)
  const failures = stories.flatMap(({ failure }) => failure ?? [])
  const cpu = before === undefined || after === undefined ? undefined : (after - before) / sales
  const rows = names.map((name, i) => [name, round(p50s[i]!, 1), round(percentile(timesOf(name), 0.95), 1)])
  return {
    figures: [
      {
        id: 'side by side',
        what: `ten steps from quote to cash, ${clients} ${clients === 1 ? 'client' : 'clients'}: sum of p50 ms; CPU ms of server and database; failures of ${sales}`,
        value: `${round(sum, 1)}; ${cpu === undefined ? 'unknown' : round(cpu, 1)}; ${failures.length}`,
        target: clients === 1 ? '90; 150; 0 (conventional CRM: 195; 177)' : 'failures 0',
        reach: clients === 1 ? '60; 110' : '',
        met: failures.length === 0 && (clients > 1 || (sum < 90 && (cpu ?? 0) < 150)),
        ...(failures[0] ? { reason: `The first failure: ${failures[0]}` } : {}),
        note: 'The CPU counts creating the customer of each sale too.',
      },
    ],
    counts: {},
    details: [`### Quote to cash by ${clients} at once\n\n${table(['step', 'p50 ms', 'p95 ms'], rows)}`],
  }
}
