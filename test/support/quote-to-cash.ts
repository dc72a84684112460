import { checkBooks, checkOpenSums } from '../../domain/finance/index.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { retryStale } from '../../domain/store/commit.ts'
import type { Item } from '../../domain/store/item.ts'
import { type OutboxItem, outboxKeys } from '../../domain/store/outbox.ts'
import { queryAll } from '../../domain/store/query.ts'
import { detailTypeOf } from '../../events/define.ts'
import { handler as finance } from '../../functions/http/finance/index.ts'
import { handler as sales } from '../../functions/http/sales/index.ts'
import { caller } from './call.ts'
import { messageOf } from './deliver.ts'
import { createAnyway } from './duplicates.ts'
import { firmName } from './firm-names.ts'
import { listeners } from './listeners.ts'
import { newTenant, type TestTenant } from './tenant.ts'

const mostTries = 12
const lines = [
  { description: '连接器', quantity: '100', unitPrice: '1.855', taxRate: '13' },
  { description: '端子', quantity: '7', unitPrice: '12.5', taxRate: '13' },
]
const shippedOn = '2026-10-01'

type Call = ReturnType<typeof caller>
type Answer = Awaited<ReturnType<Call>>

/** A firm that sells; every sale has a customer of its own. */
export const sellingFirm = () => newTenant({ currency: 'CNY', timeZone: 'Asia/Shanghai' })

/** The functions that a sale needs: those of this process, unless they are somewhere else. */
interface Functions {
  sales: unknown
  finance: unknown
  listeners: typeof listeners
}
const here: Functions = { sales, finance, listeners }

/** Runs a request or a consumer; false when it died over it and said nothing. */
type Runs = (work: () => Promise<unknown>) => Promise<boolean>

/** A sale from the quote to the money, as a client makes it who repeats what fails with the same Idempotency-Key. */
export async function openSale(tenant: TestTenant, runs: Runs, functions = here) {
  const ctx = await tenant.as(tenant.admin)
  const { id: customerId } = await retryStale(() => createAnyway(ctx, { name: firmName() }))
  const [toSales, toFinance] = [functions.sales, functions.finance].map((handler) => caller(handler, tenant.id, tenant.admin)) as [
    Call,
    Call,
  ]
  const call: Call = (path, request) => (/^\/v1\/(quotes|orders|shipments)/.test(path) ? toSales : toFinance)(path, request)
  let key = 0
  const told = new Set<string>()

  /** Sends a request until it is answered for good: what breaks or meets others is sent again with its key. */
  const ask = async (path: string, body?: object): Promise<Answer['body']> => {
    const headers = body ? { 'idempotency-key': `${customerId}-${++key}` } : undefined
    for (let nth = 1; ; nth++) {
      let said: Answer | undefined
      const lived = await runs(async () => {
        said = await call(path, body ? { body, headers: headers! } : {})
      })
      const answer = lived ? said : undefined
      if (answer && answer.status < 300) return answer.body
      const again = !answer || answer.status >= 500 || answer.status === 429 || answer.body.retryable === true
      if (!again || nth === mostTries) throw new Error(`${path} was answered ${answer?.status} ${JSON.stringify(answer?.body)}`)
    }
  }

  /** Brings the news to who listens, again and again until it is taken, and the news of that as well. */
  const spread = async () => {
    for (;;) {
      const news = ((await eventsOf(ctx, customerId)) as unknown as OutboxItem[]).filter(({ id }) => !told.has(id))
      if (news.length === 0) return
      for (const event of news) told.add(event.id)
      for (const { name, detailTypes, consume } of functions.listeners) {
        let rest = news.filter((event) => detailTypes.includes(detailTypeOf(event)))
        for (let nth = 1; rest.length > 0; nth++) {
          if (nth > mostTries) throw new Error(`${name} does not take ${rest[0]!.name}`)
          const Records = rest.map((event) => ({ messageId: event.id, body: messageOf(event) }))
          let failed = new Set<string>()
          const lived = await runs(async () => {
            failed = new Set((await consume({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
          })
          if (lived) rest = rest.filter(({ id }) => failed.has(id))
        }
      }
    }
  }

  /** Looks through a list until what should be in it is shown there. */
  const find = async (path: string, isIt: (row: Answer['body']) => boolean): Promise<Answer['body']> => {
    for (let nth = 1; nth <= mostTries; nth++) {
      const row = (await ask(path)).data.find(isIt)
      if (row) return row
    }
    throw new Error(`${path} does not show what is there`)
  }
  return { ctx, customerId, ask, find, spread }
}

type Sale = Awaited<ReturnType<typeof openSale>>

/** Quote, sent and accepted, order, confirmed, shipment, dispatched, its receivable, paid in full. */
export async function sell({ customerId, ask, find, spread }: Sale): Promise<void> {
  const quote = await ask('/v1/quotes', { customerId, lines })
  await ask(`/v1/quotes/${quote.id}/send`, { channel: 'link' })
  await find('/v1/quotes?filter[status][eq]=sent', ({ id }) => id === quote.id)
  await ask(`/v1/quotes/${quote.id}/accept`, { by: '王总' })
  const draft = await ask(`/v1/quotes/${quote.id}/order`, {})
  const order = await ask(`/v1/orders/${draft.id}/confirm`, {})
  await spread()
  const all = order.lines.map(({ id, quantity }: { id: string; quantity: string }) => ({ orderLine: id, quantity }))
  const shipment = await ask('/v1/shipments', { customerId, shippedOn, lines: all })
  await ask(`/v1/shipments/${shipment.id}/dispatch`, {})
  await spread()
  await find('/v1/orders', ({ id }) => id === order.id)
  const owed = await find('/v1/receivables', (row) => row.customerId === customerId)
  const allocations = [{ receivableId: owed.id, amount: owed.outstanding }]
  await ask('/v1/receipts', { customerId, receivedOn: shippedOn, amount: order.total, method: 'bank', allocations })
  await spread()
}

export const eventsOf = (ctx: Context, customerId: string): Promise<Item[]> =>
  queryAll(ctx, { partition: outboxKeys.customer(customerId), prefix: ['EVT'] }, { consistent: true })

/** What is there of a sale: how many items of each kind, events by name, and what is still owed. The same for every sale. */
export async function leftBehind({ ctx, customerId, ask }: Sale) {
  const items = await queryAll(ctx, { partition: outboxKeys.customer(customerId) }, { consistent: true })
  const counts: Record<string, number> = {}
  for (const { entity, name } of items) {
    const kind = entity === 'event' ? String(name) : String(entity)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  const credit = await ask(`/v1/customers/${customerId}/credit`)
  return { counts, credit: [credit.exposure.amount, credit.receivable.amount, credit.unallocated.amount, credit.ordered.amount] }
}

/** Every figure of the books that is not what the ledger comes to. */
export const wrongInBooks = async (ctx: Context) => [...(await checkBooks(ctx)), ...(await checkOpenSums(ctx))]
