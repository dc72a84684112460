import { createTenant } from '../domain/identity/tenant/change-tenant.ts'
import { today } from '../domain/kernel/dates.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import { queryAll } from '../domain/store/query.ts'
import { handler as openOnDispatched } from '../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { handler as finance } from '../functions/http/finance/index.ts'
import { handler as parties } from '../functions/http/parties/index.ts'
import { handler as sales } from '../functions/http/sales/index.ts'
import { bareContext, tenantContext } from '../functions/runtime.ts'
import { deliver } from '../test/support/deliver.ts'
import { answerTo } from './calls.ts'
import { type Findings, round, table } from './figures.ts'
import { actorOf } from './fill.ts'
import type { Progress } from './progress.ts'

/** The steps of P6 that count; what comes before them is shown beside. */
const chain = ['confirm an order of 5 lines', 'ship it', 'open its receivable', 'record its receipt'] as const
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
  return { ctx, call, customerId: customer.id as string }
}
type Firm = Awaited<ReturnType<typeof openFirm>>

/** From the order to the money, what each step cost. News is delivered as its queue would. */
async function orderToCash({ ctx, call, customerId }: Firm): Promise<Costs> {
  const costs: Costs = new Map()
  const step = async (name: string, work: () => Promise<unknown>) => {
    const { result, spent } = await measure(work)
    costs.set(name, spent)
    // biome-ignore lint/suspicious/noExplicitAny: what the API answers
    return result as any
  }
  const order = await step('create an order of 5 lines', () => call(sales, '/v1/orders', { customerId, lines }))
  await step(chain[0], () => call(sales, `/v1/orders/${order.id}/confirm`, {}))
  const shipped = order.lines.map((line: { id: string }) => ({ orderLine: line.id, quantity: '100' }))
  await step(chain[1], () => call(sales, '/v1/shipments', { customerId, lines: shipped, dispatch: true }))
  const news = (await queryAll(ctx, { index: 'gsi1', partition: ['EVT', 'shipment.dispatched'] })).slice(-1)
  await step(chain[2], () => deliver(ctx, openOnDispatched, ['shipment.dispatched'], () => news.map(bodyOf)))
  const [receivable] = (await call(finance, `/v1/receivables?filter[orderId]=${order.id}`)).data
  const allocations = [{ receivableId: receivable.id, amount: receivable.outstanding }]
  const receipt = { customerId, receivedOn: today(ctx), amount: receivable.outstanding, method: 'bank', allocations }
  await step(chain[3], () => call(finance, '/v1/receipts', receipt))
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
  const counted = chain.map((name) => costs.get(name)!)
  const units = counted.reduce((sum, { writeUnits }) => sum + writeUnits, 0)
  const series = Math.max(...counted.map((spent) => spent.series))
  const rows = [...costs].map(([name, spent]) => [name, spent.calls, spent.series, round(spent.readUnits), spent.writeUnits])
  return {
    figures: [
      {
        id: 'P6',
        what: 'order confirmed -> shipped -> receivable -> receipt: AWS calls in series of the longest step, WRU of all',
        value: `${series} / ${units}`,
        target: '4 / 90',
        reach: '3 / 70',
        met: series <= 4 && units <= 90,
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
