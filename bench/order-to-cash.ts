import { actorOf } from '../domain/identity/index.ts'
import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import { addDays, today } from '../domain/kernel/dates.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import { queryAll } from '../domain/store/query.ts'
import { handler as finance } from '../functions/http/finance/index.ts'
import { handler as parties } from '../functions/http/parties/index.ts'
import { handler as sales } from '../functions/http/sales/index.ts'
import { consumers } from '../functions/manifest.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import { deliver } from '../test/support/deliver.ts'
import { answerTo } from './calls.ts'
import { type Findings, round, table } from './figures.ts'
import type { Progress } from './progress.ts'

/** The requests of P6; what comes before them is shown beside. */
const requests = ['confirm an order of 5 lines', 'ship it', 'record its receipt'] as const
/** Their news, each with all that consumes it but what starts campaigns, which a firm without such campaigns does not have. */
const news = ['order.confirmed', 'shipment.dispatched', 'receivable.opened', 'receipt.recorded'] as const
const opener = 'open-receivables-on-shipment-dispatched'
type Costs = Map<string, Spent>

const lines = Array.from({ length: 5 }, (_, i) => ({ description: `板对板连接器 ${i}`, quantity: '100', unitPrice: '12.5', taxRate: '13' }))

/** A firm with one customer, and its calls; bodies are small, so that the units are those of the items and not of a text. */
async function openFirm(id: string) {
  const settings = { name: 'Bench Trading', timeZone: 'Asia/Shanghai' }
  const { admin } = await createTenant(bareContext(id), {
    settings,
    admin: { name: 'Ada', email: 'admin@bench.example', roles: ['admin'] },
  })
  const ctx = await tenantContext(id, actorOf(admin))
  const tenant = { id, size: 1, admin, manager: admin, reps: [], customerIds: [] }
  const call = async (handler: unknown, target: string, body?: object) => {
    const answer = await answerTo(handler, tenant, admin, target, body ? { body } : {})
    if (answer.status >= 400) throw new Error(`${target} answered ${answer.status}: ${answer.plain}`)
    return answer.body()
  }
  const customer = await call(parties, '/v1/customers', { name: '订单客户', paymentTerms: { kind: 'days', from: 'shipment', days: 30 } })
  // Something else is owed in the same month, as in any firm: its sums do not come and go with each order.
  const other = { issuedOn: today(ctx), dueOn: addDays(today(ctx), 30), amount: { amount: '100.00', currency: 'CNY' } }
  await call(finance, '/v1/receivables', { customerId: customer.id, ...other })
  return { ctx, call, customerId: customer.id as string }
}
type Firm = Awaited<ReturnType<typeof openFirm>>

/** The consumers of some news by their names, the one that opens receivables last: the news of those is next. */
const consumersOf = (name: string) =>
  consumers
    .filter(({ detailTypes, name: own }) => detailTypes.includes(`${name}.v1`) && !own.startsWith('enter-campaigns'))
    .map(({ name: own, entry }) => ({ name: own, entry }))
    .sort((a, b) => Number(a.name === opener) - Number(b.name === opener))

/** From the order to the money, what each step cost. News is delivered as its queue would. */
async function orderToCash({ ctx, call, customerId }: Firm): Promise<Costs> {
  const costs: Costs = new Map()
  const step = async (name: string, work: () => Promise<unknown>) => {
    const { result, spent } = await measure(work)
    costs.set(name, spent)
    // biome-ignore lint/suspicious/noExplicitAny: what the API answers
    return result as any
  }
  const consume = async (name: (typeof news)[number]) => {
    const latest = (await queryAll(ctx, { index: 'gsi1', partition: ['EVT', name] })).slice(-1)
    for (const { name: consumer, entry } of consumersOf(name)) {
      const { handler } = await import(`../${entry}`)
      await step(`${name} > ${consumer}`, () => deliver(ctx, handler, [name], () => latest.map(bodyOf)))
    }
  }
  const order = await step('create an order of 5 lines', () => call(sales, '/v1/orders', { customerId, lines }))
  await step(requests[0], () => call(sales, `/v1/orders/${order.id}/confirm`, {}))
  await consume('order.confirmed')
  const shipped = order.lines.map((line: { id: string }) => ({ orderLine: line.id, quantity: '100' }))
  await step(requests[1], () => call(sales, '/v1/shipments', { customerId, lines: shipped, dispatch: true }))
  await consume('shipment.dispatched')
  await consume('receivable.opened')
  const [receivable] = (await call(finance, `/v1/receivables?filter[orderId]=${order.id}`)).data
  const allocations = [{ receivableId: receivable.id, amount: receivable.outstanding }]
  const receipt = { customerId, receivedOn: today(ctx), amount: receivable.outstanding, method: 'bank', allocations }
  await step(requests[2], () => call(finance, '/v1/receipts', receipt))
  await consume('receipt.recorded')
  return costs
}

function bodyOf({ id, name, version, tenantId, at, actor, subject, customerId, data, requestId }: Record<string, unknown>): string {
  const detail = { id, name, version, tenantId, at, actor, subject, customerId, data, requestId }
  return JSON.stringify({ source: 'guanxi', 'detail-type': `${name}.v${version}`, detail })
}

/** P6: the second run of a new firm, when nothing is read for the first time; the exact counts behind it. */
export async function orderToCashFindings(progress: Progress, id = 'bench-p6'): Promise<Findings> {
  progress('order to cash: confirm, ship, receivable, receipt')
  const firm = await openFirm(id)
  await orderToCash(firm)
  const costs = await orderToCash(firm)
  const counted = [...costs].filter(([name]) => name !== 'create an order of 5 lines').map(([, spent]) => spent)
  const units = counted.reduce((sum, { writeUnits }) => sum + writeUnits, 0)
  const series = Math.max(...counted.map((spent) => spent.series))
  const rows = [...costs].map(([name, spent]) => [name, spent.calls, spent.series, round(spent.readUnits), spent.writeUnits])
  return {
    figures: [
      {
        id: 'P6',
        what: 'order confirmed -> shipped -> receivable -> receipt: AWS calls in series of the longest step, WRU of all with every consumer of their news',
        value: `${series} / ${units}`,
        target: '4 / 90',
        reach: '3 / 70',
        met: series <= 4 && units <= 90,
        note: 'The second order of a customer on a day. The first one of a day also tells the customer and its card, 6 WRU; a line with a product is noted in the price history, 3 WRU.',
      },
    ],
    counts: Object.fromEntries(
      [...costs].flatMap(([name, { calls, series, readUnits, writeUnits }]) => [
        [`P6: ${name}: calls`, calls],
        [`P6: ${name}: calls in series`, series],
        [`P6: ${name}: read units`, readUnits],
        [`P6: ${name}: write units`, writeUnits],
      ]),
    ),
    details: [`### Order to cash\n\n${table(['step', 'calls', 'in series', 'RRU', 'WRU'], rows)}`],
  }
}
