import { expect, test } from 'vitest'
import type { Quote, StoredStatus } from '../../../../domain/sales/quote/quote.ts'
import { requireOrderable, statusOn, stepOn, usualEnd } from '../../../../domain/sales/quote/rules.ts'

const quote = (status: StoredStatus, more: object = {}) =>
  ({ status, number: 'Q-1', validUntil: '2026-11-30', ...more }) as unknown as Quote

test.each([
  ['sent', '2026-11-29', 'sent'],
  ['sent', '2026-11-30', 'sent'],
  ['sent', '2026-12-01', 'expired'],
  ['draft', '2026-12-01', 'draft'],
  ['accepted', '2026-12-01', 'accepted'],
  ['rejected', '2026-12-01', 'rejected'],
] as const)('a quote that is %s and valid until 30 November is, on %s, %s', (status, day, shown) => {
  expect(statusOn(quote(status), day)).toBe(shown)
})

const decision = { on: '2026-11-20' }

test.each([
  ['accept', 'sent', '2026-11-30', 'accepted'],
  ['accept', 'sent', '2026-12-01', 'quote.expired'],
  ['reject', 'sent', '2026-12-01', 'quote.expired'],
  ['accept', 'draft', '2026-11-30', 'quote.state'],
  ['accept', 'accepted', '2026-11-30', 'quote.decided'],
  ['accept', 'rejected', '2026-11-30', 'quote.decided'],
  ['accept', 'superseded', '2026-11-30', 'quote.superseded'],
  ['send', 'draft', '2026-11-30', 'sent'],
  ['send', 'draft', '2026-12-01', 'quote.expired'],
  ['send', 'sent', '2026-11-30', 'sent'],
  ['send', 'accepted', '2026-11-30', 'quote.state'],
  ['change', 'draft', '2026-12-01', 'draft'],
  ['change', 'sent', '2026-11-30', 'quote.sent'],
  ['delete', 'rejected', '2026-11-30', 'quote.sent'],
  ['revise', 'sent', '2026-12-05', 'superseded'],
  ['revise', 'rejected', '2026-12-05', 'superseded'],
  ['revise', 'accepted', '2026-11-30', 'quote.state'],
  ['revise', 'superseded', '2026-11-30', 'quote.superseded'],
] as const)('to %s what is %s on %s leads to %s', (action, status, day, outcome) => {
  const decided = status === 'accepted' || status === 'rejected' ? { decision } : {}
  const work = () => stepOn(quote(status, decided), action, day)

  if (outcome.startsWith('quote.')) expect(work).toThrow(expect.objectContaining({ kind: 'conflict', code: outcome }))
  else expect(work()).toBe(outcome)
})

test('what was accepted is ordered at any time, of a price quote while it is valid', () => {
  const accepted = (reusable: boolean) => quote('accepted', { decision, reusable })

  expect(() => requireOrderable(accepted(false), '2027-05-01')).not.toThrow()
  expect(() => requireOrderable(accepted(true), '2026-11-30')).not.toThrow()
  expect(() => requireOrderable(accepted(true), '2026-12-01')).toThrow(expect.objectContaining({ code: 'quote.expired' }))
  expect(() => requireOrderable(quote('sent'), '2026-11-30')).toThrow(expect.objectContaining({ code: 'quote.not-accepted' }))
})

test.each([
  ['2026-11-21', '2026-11-21', '2026-12-21'],
  ['2026-01-31', '2026-11-21', '2026-12-21'],
  ['2028-01-30', '2026-11-21', '2028-02-29'],
])('a quote of %s, written on %s, usually ends on %s', (quotedOn, today, end) => {
  expect(usualEnd(quotedOn, today)).toBe(end)
})
