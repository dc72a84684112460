import { expect, test } from 'vitest'
import type { Context } from '../../../../domain/kernel/context.ts'
import { Problem } from '../../../../domain/kernel/errors.ts'
import { createCustomer } from '../../../../domain/parties/customer/change-customer.ts'
import { changeQuote, createQuote, getQuote } from '../../../../domain/sales/quote/change-quote.ts'
import { acceptQuote, rejectQuote } from '../../../../domain/sales/quote/decide-quote.ts'
import { reviseQuote } from '../../../../domain/sales/quote/revise-quote.ts'
import { sendQuote } from '../../../../domain/sales/quote/send-quote.ts'
import { giveBackToQuote, orderedOf, takeFromQuote } from '../../../../domain/sales/quote/take-from-quote.ts'
import { commit, retryStale } from '../../../../domain/store/commit.ts'
import { cancelled, withFaults } from '../../../support/faults.ts'
import { newTenant } from '../../../support/tenant.ts'
import { happened } from '../../../support/things.ts'

const line = (quantity: string) => ({ description: 'x', quantity, unitPrice: '1' })

/** A sent quote, and a context in which every fifth transaction meets another one. */
async function sentQuote(more: { reusable?: boolean; quantities?: string[] } = {}) {
  const { admin, as } = await newTenant()
  const ctx = await as(admin)
  const { id: customerId } = await createCustomer(ctx, { name: 'x' })
  const { quantities = ['10'], reusable = false } = more
  const { id } = await createQuote(ctx, { customerId, reusable, lines: quantities.map(line) })
  const quote = await sendQuote(ctx, { id, channel: 'paper' })
  const busy = withFaults(ctx, (operation, nth) =>
    operation === 'TransactWriteItems' && nth % 5 === 0 ? cancelled('TransactionConflict', 'None', 'None') : undefined,
  )
  return { ctx, busy, quote, id }
}

const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'done'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

test('of many who accept or decline at once one decides', async () => {
  const { ctx, busy, id } = await sentQuote()

  const decide = (i: number) => retryStale(() => (i % 2 ? acceptQuote(busy, { id }) : rejectQuote(busy, { id })))
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => outcomeOf(decide(i))))

  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'quote.decided')).toHaveLength(9)
  expect((await getQuote(ctx, { id })).version).toBe(3)
})

test('of accepting and revising at once one holds: nobody accepts what is superseded', async () => {
  for (let round = 0; round < 8; round++) {
    const { ctx, busy, id } = await sentQuote()

    const outcomes = await Promise.all([
      outcomeOf(retryStale(() => acceptQuote(busy, { id }))),
      outcomeOf(retryStale(() => reviseQuote(busy, { id }))),
    ])

    expect([
      ['done', 'quote.state'],
      ['quote.superseded', 'done'],
    ]).toContainEqual(outcomes)
    expect((await getQuote(ctx, { id })).status).toBe(outcomes[0] === 'done' ? 'accepted' : 'superseded')
  }
})

test('a change of a draft that is sent meanwhile is refused', async () => {
  const { ctx, id } = await sentQuote()

  await expect(retryStale(() => changeQuote(ctx, { id, changes: { notes: 'x' } }))).rejects.toMatchObject({ code: 'quote.sent' })
})

const order = (ctx: Context, id: string, quoteLine: string, quantity: string) =>
  retryStale(async () => {
    const { writes } = await takeFromQuote(ctx, id, [{ quoteLine, quantity }])
    await commit(ctx, [writes[0]!, ...writes.slice(1)], [happened('x')])
  })

test('orders at once never take more than was quoted, and what is given back can be taken again', async () => {
  const { ctx, busy, quote, id } = await sentQuote({ quantities: ['10', '2.5'] })
  await acceptQuote(ctx, { id })
  const [first, second] = quote.lines.map((one) => one.id) as [string, string]

  const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(order(busy, id, first, '3'))))
  await order(ctx, id, second, '2.5')
  const { ordered = {} } = await getQuote(ctx, { id })
  await commit(ctx, [giveBackToQuote(id, [{ quoteLine: first, quantity: '3' }])], [happened('x')])
  const rest = await takeFromQuote(ctx, id)

  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3)
  expect(outcomes.filter((outcome) => outcome === 'quote.over-ordered')).toHaveLength(5)
  expect([orderedOf(ordered, first), orderedOf(ordered, second)]).toEqual([9_000_000, 2_500_000])
  expect(rest.lines).toEqual([{ quoteLine: first, quantity: '4' }])
})

test('a price quote is ordered from again and again, in any quantity', async () => {
  const { ctx, quote, id } = await sentQuote({ reusable: true })
  await acceptQuote(ctx, { id })

  for (const quantity of ['10', '99']) await order(ctx, id, quote.lines[0]!.id, quantity)

  expect((await takeFromQuote(ctx, id)).lines).toEqual([{ quoteLine: quote.lines[0]!.id, quantity: '10' }])
})

test('only what was accepted is ordered, line by line as it was quoted', async () => {
  const { ctx, quote, id } = await sentQuote()
  const quoteLine = quote.lines[0]!.id

  expect(await outcomeOf(takeFromQuote(ctx, id))).toBe('quote.not-accepted')
  await acceptQuote(ctx, { id })

  expect(await outcomeOf(takeFromQuote(ctx, id, [{ quoteLine: 'lin_x', quantity: '1' }]))).toBe('quote.unknown-line')
  expect(await outcomeOf(order(ctx, id, quoteLine, '10.000001'))).toBe('quote.over-ordered')
  await order(ctx, id, quoteLine, '10')
  expect(await outcomeOf(takeFromQuote(ctx, id))).toBe('quote.over-ordered')
})
