import { expect, test } from 'vitest'
import { readBooks } from '../../../domain/finance/books/read-books.ts'
import { behind } from '../../../domain/finance/ledger/posting.ts'
import { firstDayFor } from '../../../domain/finance/settlement/fitting-days.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { handler as openOnDispatched } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { deliver } from '../../support/deliver.ts'
import { cny, firmOwed, shares } from '../../support/finance.ts'
import { day } from '../../support/parties.ts'
import { salesAs } from '../../support/sales.ts'

/** The least that was owed of any receivable, and unallocated of any source, at the end of any day. */
async function leastEver(ctx: Context): Promise<number> {
  const { postings } = await readBooks(ctx)
  const days = new Set(postings.flatMap(({ on, parts, days = [] }) => [on, ...[...parts, ...days].flatMap((one) => one.on ?? [])]))
  const balances = [...days].flatMap((at) => {
    const sums = new Map<string, number>()
    const plus = (id: string, by: number) => sums.set(id, (sums.get(id) ?? 0) + by)
    for (const posting of postings) {
      const later = behind(posting, at)
      for (const part of posting.parts) if (!later.parts.includes(part)) plus(part.receivableId, part.amount)
      if (posting.sourceId) plus(posting.sourceId, posting.unallocated - later.unallocated)
    }
    return [...sums.values()]
  })
  return Math.min(...balances)
}

const allocatedOn = ({ body }: { body: { allocations: { allocatedOn: string }[] } }) => body.allocations.map((one) => one.allocatedOn)

test('what was taken back today can be settled anew from today on, by whatever came before', async () => {
  const { ctx, call, owed, receive, faults } = await firmOwed([100, 100, 300])
  const first = await receive(100, { allocations: shares([owed[0]!, 100]) })
  await call(`${first.headers.location}/unallocate`, { body: {} })
  const allocations = (on?: string) => shares([owed[0]!, 60, on])

  const refused = await receive(60, { receivedOn: '2026-03-01', allocations: allocations('2026-04-01') })
  const named = await receive(60, { receivedOn: '2026-03-01', allocations: allocations() })
  const found = await receive(10, { receivedOn: '2026-03-01', allocate: 'oldest-first' })
  const used = await call(`${first.headers.location}/allocate`, { body: { allocations: shares([owed[1]!, 30], [owed[2]!, 70]) } })

  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/allocations/0/allocatedOn', code: 'allocation.no-room-then' }] },
  })
  expect([allocatedOn(named), allocatedOn(found), allocatedOn(used)]).toEqual([[day(0)], [day(0)], [day(0), day(0)]])
  expect(await leastEver(ctx)).toBe(0)
  expect(await faults()).toEqual([])
})

test('where there was room all the while, the day stays that of the documents', async () => {
  const { ctx, call, owed, receive } = await firmOwed([100])
  const first = await receive(100, { allocations: shares([owed[0]!, 60]) })
  const at = first.headers.location
  await call(`${at}/unallocate`, { body: { allocations: shares([owed[0]!, 30]), on: '2026-06-01' } })

  const again = await call(`${at}/allocate`, { body: { allocations: shares([owed[0]!, 40]) } })
  const other = await receive(30, { receivedOn: '2026-03-01', allocations: shares([owed[0]!, 30, '2026-06-01']) })

  expect(allocatedOn(again)).toEqual(['2026-02-01'])
  expect(other.status).toBe(201)
  expect(await leastEver(ctx)).toBe(0)
})

test('money that settled something until today is neither paid back nor reversed from before', async () => {
  const { ctx, call, customer, owed, receive, faults } = await firmOwed([100, 100, 100])
  const [paid, bounced] = [
    await receive(100, { allocations: shares([owed[0]!, 100]) }),
    await receive(100, { allocations: shares([owed[1]!, 100]) }),
  ]
  const body = { customerId: customer.id, issuedOn: '2026-02-01', amount: cny(100), reason: '折让', allocations: shares([owed[2]!, 100]) }
  const note = await call('/v1/credit-notes', { body })
  const at = [paid, bounced, note].map(({ headers }) => headers.location)
  for (const one of at) await call(`${one}/unallocate`, { body: { on: '2026-05-01' } })
  const ways = [`${at[0]}/refund`, `${at[1]}/reverse`, `${at[2]}/reverse`]

  const early = await Promise.all(ways.map((way) => call(way, { body: { on: '2026-04-30' } })))
  const right = await Promise.all(ways.map((way) => call(way, { body: { on: '2026-05-01' } })))

  expect(early.map(({ status, body }) => [status, body.errors?.[0]])).toMatchObject(
    ['receipt', 'receipt', 'credit-note'].map((noun) => [422, { pointer: '/on', code: `${noun}.used-then` }]),
  )
  expect(right.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await leastEver(ctx)).toBe(0)
  expect(await faults()).toEqual([])
})

test('what was paid on until later is withdrawn from then on', async () => {
  const { ctx, tenant, call, customer, receive, faults } = await firmOwed([])
  const sales = salesAs(tenant, tenant.admin)
  const lines = [{ description: '轴承', quantity: 10, unitPrice: '10' }]
  const shipped = await sales('/v1/shipments', { body: { customerId: customer.id, shippedOn: '2026-02-01', lines, dispatch: true } })
  await deliver(ctx, openOnDispatched, ['shipment.dispatched'])
  const [{ id }] = (await call(`/v1/customers/${customer.id}/receivables`)).body.data
  const paid = await receive(100, { allocations: shares([{ id }, 100]) })
  await call(`${paid.headers.location}/unallocate`, { body: { on: '2026-05-01' } })

  const { status } = await sales(`${shipped.headers.location}/cancel`, { body: { on: '2026-03-01' } })

  expect(status).toBe(200)
  expect((await call(`/v1/receivables/${id}`)).body).toMatchObject({ status: 'cancelled' })
  expect(await leastEver(ctx)).toBe(0)
  expect(await faults()).toEqual([])
})

test('many at once settle no day of a receivable that was taken back more than it was', async () => {
  const { ctx, call, owed, receive, faults } = await firmOwed([100])
  const first = await receive(60, { allocations: shares([owed[0]!, 60]) })
  await call(`${first.headers.location}/unallocate`, { body: {} })
  const body = (units: number) => ({ receivedOn: '2026-03-01', allocations: shares([owed[0]!, units]) })

  const answers = await Promise.all([20, 20, 20, 20].map((units) => receive(units, body(units))))

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  expect(answers.flatMap(allocatedOn).sort()).toEqual(['2026-03-01', '2026-03-01', day(0), day(0)])
  expect(await leastEver(ctx)).toBe(0)
  expect(await faults()).toEqual([])
})

test('the first day is that behind the last one without room', () => {
  const uses = [
    { on: '2026-01-05', units: 80 },
    { on: '2026-01-10', units: -50 },
    { on: '2026-01-20', units: 40 },
    { on: '2026-01-25', units: -70 },
  ]
  const from = (units: number, day: string) => firstDayFor(units, { whole: 100, used: 0, uses }, day)

  expect(from(20, '2026-01-01')).toBe('2026-01-01')
  expect(from(25, '2026-01-01')).toBe('2026-01-10')
  expect(from(31, '2026-01-01')).toBe('2026-01-25')
  expect(from(31, '2026-01-26')).toBe('2026-01-26')
})
