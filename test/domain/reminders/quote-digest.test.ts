import { expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { addDays } from '../../../domain/kernel/dates.ts'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { dueItems } from '../../../domain/parties/index.ts'
import { listAgenda } from '../../../domain/reminders/agenda/list-agenda.ts'
import { gatherDigest } from '../../../domain/reminders/digest/gather-digest.ts'
import { createQuote } from '../../../domain/sales/quote/change-quote.ts'
import { acceptQuote } from '../../../domain/sales/quote/decide-quote.ts'
import { sendQuote } from '../../../domain/sales/quote/send-quote.ts'
import { newTenant } from '../../support/tenant.ts'

const sentOn = '2026-11-21'

/** A quote that a rep sent on 21 November, and what the rep's digest of a day says of quotes. */
async function world(validUntil: string) {
  const { as, user } = await newTenant()
  const rep = await user('rep')
  const on = async (day: string): Promise<Context> => ({ ...(await as(rep)), now: () => `${day}T04:00:00.000Z` })
  const ctx = await on(sentOn)
  const { id: customerId } = await createCustomer(ctx, { name: '明辉贸易' })
  const { id } = await createQuote(ctx, { customerId, validUntil, lines: [{ description: 'x', quantity: '1', unitPrice: '1' }] })
  await sendQuote(ctx, { id, channel: 'link' })
  const digest = async (day: string) => {
    const calendar = { workdays: [1, 2, 3, 4, 5], holidays: [] }
    const ctx = await on(day)
    const due = await dueItems(ctx, rep.id, addDays(day, 1))
    const all = await gatherDigest(ctx, [rep], rep, due, { day, calendar, workingDaysOnly: false })
    return all?.sections.flatMap(({ kind, lines }) => lines.map(({ quote }) => [kind, quote?.why])) ?? []
  }
  const agenda = async (day: string) =>
    (await listAgenda(await on(day), { limit: 25, sort: 'on', filter: {} })).data.map(({ kind, on: due, subject }) => [kind, due, subject])
  return { ctx, id, digest, agenda }
}

test('a quote that nobody answers stands in its owner’s digest after a week, and again before it ends, until it is over', async () => {
  const { digest } = await world('2026-12-21')

  expect(await digest('2026-11-27')).toEqual([])
  expect(await digest('2026-11-28')).toEqual([['quote', 'unanswered']])
  expect(await digest('2026-12-17')).toEqual([['quote', 'unanswered']])
  expect(await digest('2026-12-18')).toEqual([['quote', 'expiring']])
  expect(await digest('2026-12-21')).toEqual([['quote', 'expiring']])
  expect(await digest('2026-12-22')).toEqual([])
})

test('a quote that is answered is due no more', async () => {
  const { ctx, id, digest, agenda } = await world('2026-12-21')
  const before = await agenda('2026-12-16')

  await acceptQuote(ctx, { id })

  expect(before.map(([kind, on]) => [kind, on])).toEqual([
    ['quote', '2026-11-28'],
    ['quote', '2026-12-18'],
  ])
  expect(before[1]![2]).toMatch(/^报价 QT202611-0001 还有 5 天到期$/)
  expect(await digest('2026-12-19')).toEqual([])
  expect(await agenda('2026-12-16')).toEqual([])
})

test('one that is valid for some days only is told of when it ends', async () => {
  const { digest } = await world(addDays(sentOn, 2))

  expect(await digest(sentOn)).toEqual([['quote', 'expiring']])
  expect(await digest(addDays(sentOn, 3))).toEqual([])
})
