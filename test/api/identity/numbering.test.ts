import { expect, test } from 'vitest'
import { callAs } from '../../support/api.ts'
import { newTenant } from '../../support/tenant.ts'

test('a firm sees how its documents are numbered, changes a kind, and goes back', async () => {
  const { id, admin } = await newTenant()
  const call = callAs(id, admin)
  const change = (numbering: object | null) => call('/v1/tenant', { method: 'PATCH', body: { numbering } })

  const ours = await call('/v1/tenant')
  const own = await change({ order: { pattern: '{YY}-{N:5}', reset: 'yearly' }, receipt: { pattern: 'SK{N}', reset: 'never' } })
  const back = await change({ order: null })

  expect(ours.body.numbering).toMatchObject({
    quote: { pattern: 'QT{YYYY}{MM}-{N:4}', reset: 'monthly' },
    creditNote: { pattern: 'CN{YYYY}{MM}-{N:4}', reset: 'monthly' },
  })
  expect(own.body.numbering).toMatchObject({ order: { pattern: '{YY}-{N:5}' }, quote: { pattern: 'QT{YYYY}{MM}-{N:4}' } })
  expect(back.body.numbering).toMatchObject({ order: { pattern: 'SO{YYYY}{MM}-{N:4}' }, receipt: { pattern: 'SK{N}' } })
})

test.each([
  ['a pattern without counter', 'Q{YYYY}', 'never', '/numbering/quote/pattern'],
  ['a pattern with two counters', '{N}{N:4}', 'never', '/numbering/quote/pattern'],
  ['an unknown part', 'Q{WEEK}-{N}', 'never', '/numbering/quote/pattern'],
  ['a brace alone', 'Q}{N}', 'never', '/numbering/quote/pattern'],
  ['a sign that no key takes', 'Q#{N}', 'never', '/numbering/quote/pattern'],
  ['a reset that the number does not show', 'Q{YYYY}-{N}', 'monthly', '/numbering/quote/pattern'],
  ['a daily reset without the day', 'Q{YYYY}{MM}-{N}', 'daily', '/numbering/quote/pattern'],
  ['an unknown reset', 'Q{N}', 'hourly', '/numbering/quote/reset'],
])('%s is refused at its place', async (_, pattern, reset, pointer) => {
  const { id, admin } = await newTenant()

  const answer = await callAs(id, admin)('/v1/tenant', { method: 'PATCH', body: { numbering: { quote: { pattern, reset } } } })

  expect(answer.status).toBe(422)
  expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
})
