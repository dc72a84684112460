import { expect, test } from 'vitest'
import { addDays } from '../../../domain/kernel/dates.ts'
import { customerOf, day } from '../../support/parties.ts'
import { productOf, salesAs } from '../../support/sales.ts'
import { newTenant } from '../../support/tenant.ts'

async function firm(customer: Record<string, unknown> = {}) {
  const tenant = await newTenant()
  const call = salesAs(tenant, tenant.admin)
  const { id: customerId } = await customerOf(tenant, tenant.admin, customer)
  const product = await productOf(tenant, { cost: '0.9', prices: [{ level: 'A', minQuantity: 1000, unitPrice: '1.6' }] })
  const draft = async (more: Record<string, unknown> = {}) => {
    const body = { customerId, lines: [{ productId: product.id, quantity: 1000, unitPrice: '1.13' }], ...more }
    const answer = await call('/v1/quotes', { body })
    if (answer.status !== 201) throw new Error(`drafting a quote answered ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const act = (id: string, action: string, body: object = {}) => call(`/v1/quotes/${id}/${action}`, { body })
  const sent = async (more: Record<string, unknown> = {}) => (await act((await draft(more)).id, 'send', { channel: 'paper' })).body
  return { tenant, call, customerId, product, draft, act, sent }
}

test('a quote is drafted with what its customer, product and firm say, changed, and deleted', async () => {
  const { call, customerId, product, draft } = await firm({ paymentTerms: { kind: 'prepaid' }, priceLevel: 'A' })

  const created = await draft({
    lines: [
      { productId: product.id, quantity: '2000' },
      { description: '开模费', quantity: 1, unitPrice: 3500, discountPercent: 10 },
    ],
    discount: { amount: { amount: '50', currency: 'CNY' } },
  })
  const at = `/v1/quotes/${created.id}`
  const changed = await call(at, {
    method: 'PATCH',
    body: { lines: [{ id: created.lines[0].id, quantity: 10 }], discount: { percent: 5 } },
  })
  const removed = await call(at, { method: 'DELETE' })

  expect(created).toMatchObject({
    number: `QT${day().slice(0, 7).replace('-', '')}-0001`,
    ...{ customerId, revision: 1, status: 'draft', quotedOn: day(), validUntil: day(30), currency: 'CNY', exchangeRate: '1' },
    ...{ pricesIncludeTax: true, reusable: false, paymentTerms: { kind: 'prepaid' }, total: { amount: '6300.00', currency: 'CNY' } },
    lines: [
      { description: '板对板连接器', unitPrice: '1.6', taxRate: '13', unitCost: '0.9', ordered: '0' },
      { description: '开模费', discountPercent: '10', gross: { currency: 'CNY' } },
    ],
  })
  expect(Number(created.netTotal.amount) + Number(created.taxTotal.amount)).toBeCloseTo(6300)
  expect(changed.body).toMatchObject({
    version: 2,
    discount: { percent: '5' },
    lines: [{ id: created.lines[0].id, unitPrice: '1.6', quantity: '10' }],
    total: { amount: '15.20' },
  })
  expect(removed.status).toBe(204)
  expect((await call(at)).body.code).toBe('quote.not-found')
})

test('a quote that was sent does not change; it is accepted once, on its last day still', async () => {
  const { call, draft, act } = await firm()
  const { id } = await draft({ validUntil: day() })

  const sent = await act(id, 'send', { channel: 'link' })
  const patched = await call(`/v1/quotes/${id}`, { method: 'PATCH', body: { notes: 'x' } })
  const removed = await call(`/v1/quotes/${id}`, { method: 'DELETE' })
  const accepted = await act(id, 'accept', { by: { name: '王小姐', comment: '好' }, customerPo: 'PO-1' })
  const again = await act(id, 'accept', { by: '王小姐' })
  const rejected = await act(id, 'reject', { reason: 'x' })

  expect(sent.body).toMatchObject({ status: 'sent', delivery: { channel: 'link', to: [] }, sentAt: expect.any(String) })
  expect(patched).toMatchObject({ status: 409, body: { code: 'quote.sent' } })
  expect(removed).toMatchObject({ status: 409, body: { code: 'quote.sent' } })
  expect(accepted.body).toMatchObject({
    status: 'accepted',
    decision: { name: '王小姐', comment: '好', customerPo: 'PO-1', online: false, on: day() },
  })
  expect([again.body.code, rejected.body.code]).toEqual(['quote.decided', 'quote.decided'])
})

test('a revision has the same number and supersedes the former; deleted, the former holds again', async () => {
  const { call, act, sent } = await firm()
  const first = await sent()

  const second = (await act(first.id, 'revise')).body
  const overtaken = await act(first.id, 'accept')
  await call(`/v1/quotes/${second.id}`, { method: 'DELETE' })
  const back = await call(`/v1/quotes/${first.id}`)
  const third = (await act(first.id, 'revise')).body
  const all = await call(`/v1/quotes?filter[number]=${first.number}`)

  expect(second).toMatchObject({ number: first.number, revision: 2, status: 'draft', formerId: first.id, total: first.total })
  expect(second.lines[0].id).not.toBe(first.lines[0].id)
  expect(overtaken).toMatchObject({ status: 409, body: { code: 'quote.superseded' } })
  expect(back.body).toMatchObject({ status: 'sent', supersededById: null })
  expect(all.body.data.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
    [third.id, 'draft'],
    [first.id, 'superseded'],
  ])
})

test('a duplicate is a draft under its own number, also for another customer', async () => {
  const { tenant, act, sent, customerId } = await firm()
  const other = await customerOf(tenant, tenant.admin, { name: '宏达电子' })
  const quote = await sent({ notes: 'n' })

  const same = (await act(quote.id, 'duplicate')).body
  const theirs = (await act(quote.id, 'duplicate', { customerId: other.id })).body

  expect(same).toMatchObject({ status: 'draft', customerId, notes: 'n', total: quote.total, revision: 1, decision: null, delivery: null })
  expect(theirs).toMatchObject({ customerId: other.id, lines: [{ unitPrice: '1.13' }] })
  expect(new Set([quote.number, same.number, theirs.number]).size).toBe(3)
})

test('the same sending once more is no other one, unless it is asked for', async () => {
  const { act, draft, call } = await firm({ email: 'info@minghui.example' })
  const { id } = await draft()
  const mail = { channel: 'email', message: '请查收' }

  const first = await act(id, 'send', mail)
  const same = await act(id, 'send', mail)
  const again = await act(id, 'send', { ...mail, again: true })
  const paper = await act(id, 'send', { channel: 'paper' })

  expect(first.body.delivery).toMatchObject({ to: ['info@minghui.example'], message: '请查收' })
  expect([first, same, again, paper].map(({ body }) => body.version)).toEqual([2, 2, 3, 4])
  expect((await call(`/v1/quotes/${id}`)).body.sentAt).toBe(first.body.sentAt)
})

const line = { description: 'x', quantity: 1, unitPrice: 1 }

test('what can not be done with a quote says why', async () => {
  const { tenant, act, draft, call } = await firm()
  const { id } = await draft()
  const rep = salesAs(tenant, await tenant.user('rep'))

  const answers = [
    await act(id, 'accept'),
    await act(id, 'revise'),
    await act(id, 'send', { channel: 'email' }),
    await act(id, 'send', { channel: 'paper', to: ['a@b.example'] }),
    await rep(`/v1/quotes/${id}/accept`, { method: 'POST' }),
    await call(`/v1/quotes/${id}`, { method: 'PATCH', body: { lines: [{ ...line, id: 'lin_000000000000000000' }] } }),
    await call(`/v1/quotes/${id}`, { method: 'PATCH', body: { currency: 'USD', exchangeRate: 7 } }),
  ]

  expect(answers.map(({ body }) => body.code)).toEqual([
    'quote.state',
    'quote.state',
    'quote.no-recipient',
    'quote.recipient-without-mail',
    'quote.not-found',
    'line.unknown-id',
    'document.currency-mismatch',
  ])
})

test('what a thing costs is hidden from reps on every line', async () => {
  const { tenant, product } = await firm()
  const rep = await tenant.user('rep')
  const { id: customerId } = await customerOf(tenant, rep, { name: '新客户' })

  const created = await salesAs(tenant, rep)('/v1/quotes', { body: { customerId, lines: [{ productId: product.id, quantity: 1 }] } })
  const seen = await salesAs(tenant, tenant.admin)(`/v1/quotes/${created.body.id}`)

  expect(created.body.lines[0]).toMatchObject({ unitPrice: '1.85', unitCost: null })
  expect(seen.body.lines[0].unitCost).toBe('0.9')
})

test('quotes are listed by day, owner, status, customer and externalId', async () => {
  const { tenant, call, customerId, draft, sent, act } = await firm()
  const rep = await tenant.user('rep')
  const theirs = await customerOf(tenant, rep, { name: '别人的客户' })
  const a = await draft({ quotedOn: day(-3), externalId: 'e-1' })
  const b = await sent({ quotedOn: day(-2), validUntil: day(2) })
  const c = await sent({ quotedOn: day(-1), validUntil: day(1) })
  const d = (await salesAs(tenant, rep)('/v1/quotes', { body: { customerId: theirs.id, lines: [line] } })).body
  await act(c.id, 'reject')
  const ids = async (query: string, who = call) => (await who(`/v1/quotes?${query}`)).body.data.map(({ id }: { id: string }) => id)

  expect(await ids('')).toEqual([d.id, c.id, b.id, a.id])
  expect(await ids('sort=quotedOn&limit=2')).toEqual([a.id, b.id])
  expect(await ids('', salesAs(tenant, rep))).toEqual([d.id])
  expect(await ids(`filter[ownerId]=${rep.id}`)).toEqual([d.id])
  expect(await ids(`filter[quotedOn][lte]=${day(-2)}`)).toEqual([b.id, a.id])
  expect(await ids('filter[status]=sent')).toEqual([b.id])
  expect(await ids('filter[status][in]=draft,rejected')).toEqual([d.id, c.id, a.id])
  expect(await ids(`filter[validUntil][lte]=${day(2)}`)).toEqual([b.id])
  expect(await ids(`filter[customerId]=${customerId}`)).toEqual([c.id, b.id, a.id])
  expect(await ids('filter[externalId]=e-1')).toEqual([a.id])
  expect((await call('/v1/quotes?filter[status]=lost')).body.code).toBe('filter.invalid')
  expect((await call('/v1/quotes')).body.data[0].lines).toBeUndefined()
})

test('other currencies have a rate that stays on the document', async () => {
  const { draft, act } = await firm()

  const quote = await draft({
    currency: 'USD',
    exchangeRate: '7.1025',
    pricesIncludeTax: false,
    lines: [{ ...line, taxRate: '0', unitPrice: '12.3456' }],
  })
  const next = (await act(quote.id, 'duplicate')).body

  expect(quote).toMatchObject({ currency: 'USD', exchangeRate: '7.1025', total: { amount: '12.35', currency: 'USD' } })
  expect(next).toMatchObject({ currency: 'USD', exchangeRate: '7.1025' })
})

test('a business date may lie back; the last day is then counted from today', async () => {
  const { draft } = await firm()

  expect(await draft({ quotedOn: day(-100) })).toMatchObject({ quotedOn: day(-100), validUntil: day(30) })
  expect(await draft({ quotedOn: day(10) })).toMatchObject({ validUntil: addDays(day(10), 30) })
})

test('an accepted quote is ordered in parts, never above what was quoted', async () => {
  const { call, draft, act, product } = await firm()
  const { id } = await draft({
    lines: [
      { productId: product.id, quantity: 10, unitPrice: '1.13' },
      { ...line, quantity: 2, discountPercent: 50 },
    ],
  })
  await act(id, 'send', { channel: 'paper' })
  const early = await act(id, 'order')
  const { lines } = (await act(id, 'accept', { customerPo: 'PO-7' })).body

  const part = await act(id, 'order', { lines: [{ quoteLine: lines[0].id, quantity: 4 }] })
  const above = await act(id, 'order', { lines: [{ quoteLine: lines[0].id, quantity: 7 }] })
  const rest = await act(id, 'order', { customerPo: 'PO-8' })
  const nothing = await act(id, 'order')

  expect(early).toMatchObject({ status: 409, body: { code: 'quote.not-accepted' } })
  expect(part).toMatchObject({ status: 201, body: { quoteId: id, customerPo: 'PO-7', lines: [{ quantity: '4', unitPrice: '1.13' }] } })
  expect(part.headers.location).toBe(`/v1/orders/${part.body.id}`)
  expect(above).toMatchObject({ status: 409, body: { code: 'quote.over-ordered', errors: [{ pointer: '/lines/0/quantity' }] } })
  expect(rest.body).toMatchObject({ customerPo: 'PO-8', lines: [{ quantity: '6' }, { quantity: '2', discountPercent: '50' }] })
  expect(nothing.body.code).toBe('quote.over-ordered')
  expect((await call(`/v1/quotes/${id}`)).body.lines.map(({ ordered }: { ordered: string }) => ordered)).toEqual(['10', '2'])
})
