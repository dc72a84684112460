import { readFacts } from '../../domain/analytics/sales-report/sales-fact.table.ts'
import { readOpenSums } from '../../domain/finance/ageing/age-today.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { getCustomer } from '../../domain/parties/customer/change-customer.ts'
import { customerPartition } from '../../domain/parties/index.ts'
import { pastPricesOf } from '../../domain/sales/price/price.table.ts'
import { retryStale } from '../../domain/store/commit.ts'
import { queryAll } from '../../domain/store/query.ts'
import { createAnyway } from './duplicates.ts'
import { cny, financeAs } from './finance.ts'
import { firmName } from './firm-names.ts'
import { day } from './parties.ts'
import { salesAs } from './sales.ts'
import type { TestTenant } from './tenant.ts'

/** What somebody does next: which kind of thing, with which of what is there, how much and when. */
export interface Dealing {
  what: number
  of: number
  units: number
  ago: number
}

/** A customer with whom a firm deals through the API; nothing that is asked for depends on whether the news of it got round yet. */
export async function dealer(tenant: TestTenant) {
  const ctx = await tenant.as(tenant.admin)
  const [sales, finance] = [salesAs(tenant, tenant.admin), financeAs(tenant, tenant.admin)]
  const { id: customerId } = await retryStale(() => createAnyway(ctx, { name: firmName() }))
  const products: string[] = []
  for (const sku of ['P-1', 'P-2']) products.push((await sales('/v1/products', { body: { sku, name: sku, listPrice: '2.5' } })).body.id)
  // biome-ignore lint/suspicious/noExplicitAny: what the API answers
  const there: Record<'orders' | 'shipments' | 'receivables', any[]> = { orders: [], shipments: [], receivables: [] }
  const one = (of: keyof typeof there, place: number) => there[of][place % Math.max(1, there[of].length)]
  const line = ({ of, units }: Dealing) => ({
    productId: products[of % 2],
    quantity: String(1 + (units % 9)),
    unitPrice: `${units / 7}`.slice(0, 5),
    taxRate: '13',
  })

  const kinds: ((dealing: Dealing) => Promise<{ status: number; body: { code?: string } }> | undefined)[] = [
    async (dealing) => {
      const body = { customerId, orderedOn: day(-dealing.ago), lines: [line(dealing), line({ ...dealing, of: dealing.of + 1 })] }
      const { body: order } = await sales('/v1/orders', { body })
      const confirmed = await sales(`/v1/orders/${order.id}/confirm`, { body: {} })
      there.orders.push(confirmed.body)
      return confirmed
    },
    ({ of, units }) => {
      const order = one('orders', of)
      const lines = order?.lines?.map(({ id, quantity }: { id: string; quantity: string }, place: number) => ({
        id,
        quantity: place === 0 ? String(9 + (units % 5)) : quantity,
      }))
      return lines && sales(`/v1/orders/${order.id}/amend`, { body: { reason: '改单', lines } })
    },
    async ({ of, ago }) => {
      const order = one('orders', of)
      const lines = order?.lines.map(({ id }: { id: string }) => ({ orderLine: id, quantity: '1' })) ?? [
        line({ what: 0, of, units: 30, ago }),
      ]
      const shipped = await sales('/v1/shipments', { body: { customerId, shippedOn: day(-ago), lines, dispatch: true } })
      if (shipped.status === 201) there.shipments.push(shipped.body)
      return shipped
    },
    ({ of }) => one('shipments', of) && sales(`/v1/shipments/${one('shipments', of).id}/cancel`, { body: { reason: '录入错误' } }),
    ({ of, units }) => one('orders', of) && sales(`/v1/orders/${one('orders', of).id}/${units % 2 ? 'cancel' : 'close'}`, { body: {} }),
    async ({ units, ago }) => {
      const body = { customerId, issuedOn: day(-ago), dueOn: day(30 - ago), amount: cny(units) }
      const owed = await finance('/v1/receivables', { body })
      there.receivables.push(owed.body)
      return owed
    },
    ({ of, units }) => {
      const owed = one('receivables', of)
      const amount = cny(Math.ceil(units / 3))
      return (
        owed &&
        finance('/v1/receipts', {
          body: { customerId, receivedOn: day(), amount, method: 'bank', allocations: [{ receivableId: owed.id, amount }] },
        })
      )
    },
    ({ units }) => finance('/v1/receipts', { body: { customerId, receivedOn: day(), amount: cny(units), method: 'cash' } }),
  ]
  /** Does it and says how it was answered. */
  const deal = async (dealing: Dealing): Promise<string> => {
    const answer = await kinds[dealing.what % kinds.length]!(dealing)
    // The rules may refuse it; what the API cannot even read would be tried in vain each time, and nobody would see it.
    if (answer?.body.code === 'input.invalid') throw new Error(`dealings: ${JSON.stringify(answer.body)}`)
    return answer ? `${answer.status} ${answer.body.code ?? ''}` : 'nothing to do'
  }
  return { ctx, customerId, deal, projections: () => projections(ctx, customerId, products) }
}

const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort()

/** All that consumers made of the news of a customer, without what is different in every tenant. */
async function projections(ctx: Context, customerId: string, products: string[]) {
  const productOf = (id: unknown) => products.indexOf(String(id))
  const facts: unknown[] = []
  for (const basis of ['ordered', 'shipped'] as const)
    await readFacts(ctx, basis, { from: day(-100), to: day(1) }, ({ on, own, amount, lines }) =>
      facts.push([basis, on, own, amount, lines.map((line) => [productOf(line.productId), line.amount])]),
    )
  const prices = await queryAll(ctx, pastPricesOf(customerId, {}))
  const agreed = await queryAll(ctx, { partition: customerPartition(customerId), prefix: ['PRL'] })
  const receivables = await queryAll(ctx, { partition: customerPartition(customerId), prefix: ['RCV'] })
  const { lastOrderedOn, lastQuotedOn } = await getCustomer(ctx, { id: customerId })
  return {
    sums: sorted((await readOpenSums(ctx)).filter(({ base, count }) => base !== 0 || count !== 0)),
    facts: sorted(facts),
    prices: sorted(
      prices.map(({ productId, on, unitPrice, source }) => [productOf(productId), on, unitPrice, (source as { kind: string }).kind]),
    ),
    agreed: sorted(agreed.map(({ sk, unitPrice }) => [productOf(String(sk).split('#')[1]), unitPrice])),
    receivables: sorted(
      receivables.map(({ issuedOn, dueOn, amount, settled, cancelledOn }) => [
        issuedOn,
        dueOn,
        (amount as { amount: string }).amount,
        settled,
        cancelledOn,
      ]),
    ),
    lastOrderedOn,
    lastQuotedOn,
  }
}
