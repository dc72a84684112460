import { beforeAll, describe, test } from 'vitest'
import type { Call } from '../../support/api.ts'
import { cny } from '../../support/finance.ts'
import { expectRefused } from '../../support/nothing-written.ts'
import { day } from '../../support/parties.ts'
import { plainLine, salesInEveryState } from '../../support/sales-in-every-state.ts'

let call: Call
let ids: Record<string, string>
let lines: Record<string, string>
const usd = { amount: '1.00', currency: 'USD' }

beforeAll(async () => {
  ;({ call, ids, lines } = await salesInEveryState())
})

type Case = [what: string, path: () => string, body: () => object, status: number, code: string, pointer?: string | undefined]

const refuses = (cases: Case[], method = 'POST') =>
  test.each(cases)('%s', async (_, path, body, status, code, pointer) => {
    await expectRefused(() => call(path(), { method, body: body() }), status, code, pointer)
  })

describe.each(['quotes', 'orders', 'shipments'])('lines of %s: none is written with', (noun) => {
  const of = (what: string, some: object[], code: string, pointer: string, status = 422): Case => {
    const body = () => ({ customerId: ids.customer, lines: some })
    return [what, () => `/v1/${noun}`, body, status, code, pointer]
  }
  const one = (what: string, more: object, code: string, field: string, status = 422) =>
    of(what, [plainLine, { ...plainLine, ...more }], code, `/lines/1${field}`, status)
  const unknown = 'pro_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
  refuses([
    one('no quantity', { quantity: 0 }, 'line.quantity-not-positive', '/quantity'),
    one('a negative quantity', { quantity: '-1' }, 'line.quantity-not-positive', '/quantity'),
    one('a quantity with 7 decimals', { quantity: '1.1234567' }, 'line.quantity-too-precise', '/quantity'),
    one('a quantity that is none', { quantity: '1e3' }, 'line.quantity-invalid', '/quantity'),
    one('a price with 7 decimals', { unitPrice: '1.1234567' }, 'line.price-too-precise', '/unitPrice'),
    one('a price below zero', { unitPrice: -1 }, 'line.price-negative', '/unitPrice'),
    one('no price', { unitPrice: null }, 'line.price-missing', '/unitPrice'),
    one('a discount over 100 %', { discountPercent: 101 }, 'line.discount-too-large', '/discountPercent'),
    one('a discount below zero', { discountPercent: '-1' }, 'line.discount-negative', '/discountPercent'),
    one('an unknown product', { productId: unknown }, 'product.not-found', '/productId', 404),
    one('neither product nor text', { description: null }, 'line.empty', ''),
    of('no line', [], 'document.no-lines', '/lines'),
    of('201 lines', Array(201).fill(plainLine), 'document.too-many-lines', '/lines'),
    [
      'another currency without its rate',
      () => `/v1/${noun}`,
      () => ({ customerId: ids.customer, currency: 'USD', lines: [plainLine] }),
      422,
      'document.exchange-rate-missing',
      '/exchangeRate',
    ],
    [
      'a customer of nobody',
      () => `/v1/${noun}`,
      () => ({ customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', lines: [plainLine] }),
      404,
      'customer.not-found',
      '/customerId',
    ],
  ])
})

describe('quotes', () => {
  const quote = (what: string, more: object, code: string, pointer: string): Case => [
    what,
    () => '/v1/quotes',
    () => ({ customerId: ids.customer, lines: [plainLine], ...more }),
    422,
    code,
    pointer,
  ]
  const act = (what: string, id: string, action: string, code: string, status = 409): Case => [
    what,
    () => `/v1/quotes/${ids[id]}/${action}`,
    () => ({}),
    status,
    code,
  ]
  refuses([
    quote('validity in the past', { quotedOn: day(-9), validUntil: day(-1) }, 'quote.validity-past', '/validUntil'),
    quote('validity before its date', { quotedOn: day(5), validUntil: day(4) }, 'quote.validity-before-date', '/validUntil'),
    quote('a discount over 100 %', { discount: { percent: 101 } }, 'document.discount-too-large', '/discount/percent'),
    quote('a discount above the sum', { discount: { amount: cny(2) } }, 'document.discount-too-large', '/discount/amount'),
    quote('a discount in another currency', { discount: { amount: usd } }, 'document.currency-mismatch', '/discount/amount/currency'),
    quote('a rate of the own currency', { exchangeRate: '7' }, 'document.exchange-rate-mismatch', '/exchangeRate'),
    quote('a contact of nobody', { contactId: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }, 'contact.not-found', '/contactId').with(3, 404) as Case,
    act('accepting one that was not sent', 'draft', 'accept', 'quote.state'),
    act('accepting one that has expired', 'expired', 'accept', 'quote.expired'),
    act('accepting one with a later revision', 'superseded', 'accept', 'quote.superseded'),
    act('accepting what another rep sent', 'foreign', 'accept', 'quote.not-found', 404),
    act('deciding twice', 'accepted', 'reject', 'quote.decided'),
    act('ordering from one that nobody accepted', 'sent', 'order', 'quote.not-accepted'),
  ])
  refuses([['changing what is sent', () => `/v1/quotes/${ids.sent}`, () => ({ notes: 'x' }), 409, 'quote.sent']], 'PATCH')
})

describe('orders', () => {
  const order = (what: string, more: () => object, status: number, code: string, pointer: string): Case => [
    what,
    () => '/v1/orders',
    () => ({ customerId: ids.customer, lines: [plainLine], ...more() }),
    status,
    code,
    pointer,
  ]
  const amend = (what: string, some: () => object[], code: string, pointer: string): Case => [
    what,
    () => `/v1/orders/${ids.order}/amend`,
    () => ({ reason: 'x', lines: some() }),
    409,
    code,
    pointer,
  ]
  const kept = () => ({ id: lines.whole, description: 'x', quantity: '2', unitPrice: '7' })
  const less = (more: object) => ({ id: lines.shipped, description: 'x', quantity: '10', unitPrice: '5', ...more })
  refuses([
    order('a day in the closed period', () => ({ orderedOn: day(-20) }), 409, 'period.closed', '/orderedOn'),
    order(
      'a line of a quote without the quote',
      () => ({ lines: [{ quoteLine: lines.quoted, quantity: 1 }] }),
      422,
      'order.quote-missing',
      '/lines/0/quoteLine',
    ),
    order(
      'a quote of another customer',
      () => ({ customerId: ids.another, quoteId: ids.accepted, lines: undefined }),
      422,
      'order.other-customer',
      '/customerId',
    ),
    order(
      'a price for a line of a quote',
      () => ({ quoteId: ids.accepted, lines: [{ quoteLine: lines.quoted, quantity: 1, unitPrice: 1 }] }),
      422,
      'line.price-of-quote',
      '/lines/0',
    ),
    order(
      'a quote in another currency',
      () => ({ quoteId: ids.accepted, currency: 'USD', lines: undefined }),
      422,
      'document.currency-mismatch',
      '/currency',
    ),
    order(
      'instalments of 90 %',
      () => ({ instalments: [{ percent: 90, trigger: 'confirm' }] }),
      422,
      'order.instalments-mismatch',
      '/instalments',
    ),
    order(
      'an instalment in another currency',
      () => ({ instalments: [{ amount: usd, trigger: 'confirm' }] }),
      422,
      'document.currency-mismatch',
      '/instalments/0/amount/currency',
    ),
    order(
      'an instalment of nothing',
      () => ({
        instalments: [
          { percent: 100, trigger: 'confirm' },
          { amount: cny(0), trigger: 'signed' },
        ],
      }),
      422,
      'instalment.amount-not-positive',
      '/instalments/1/amount/amount',
    ),
    order(
      '13 instalments',
      () => ({ instalments: Array(13).fill({ percent: 1, trigger: 'confirm' }) }),
      422,
      'input.invalid',
      '/instalments',
    ),
    amend('amending below what is shipped', () => [less({ quantity: '5' }), kept()], 'order.below-shipped', '/lines/0/quantity'),
    amend(
      'amending to a price below what was shipped',
      () => [less({ unitPrice: '1' }), kept()],
      'order.below-shipped',
      '/lines/0/unitPrice',
    ),
    amend('amending away what was shipped', () => [kept()], 'order.below-shipped', '/lines'),
    [
      'amending on a day of the closed period',
      () => `/v1/orders/${ids.order}/amend`,
      () => ({ reason: 'x', on: day(-30), deliverOn: day(9) }),
      409,
      'period.closed',
      '/on',
    ],
    ['amending a draft', () => `/v1/orders/${ids.draftOrder}/amend`, () => ({ reason: 'x', deliverOn: day(9) }), 409, 'order.state'],
    ['cancelling one of which something was shipped', () => `/v1/orders/${ids.order}/cancel`, () => ({}), 409, 'order.state'],
    ['confirming twice', () => `/v1/orders/${ids.order}/confirm`, () => ({}), 409, 'order.state'],
    ['closing one that has ended', () => `/v1/orders/${ids.ended}/close`, () => ({}), 409, 'order.state'],
  ])
  refuses(
    [['changing what is agreed', () => `/v1/orders/${ids.order}`, () => ({ currency: 'USD' }), 409, 'order.confirmed', '/currency']],
    'PATCH',
  )
})

describe('shipments', () => {
  const ship = (what: string, some: () => object[], status: number, code: string, pointer: string | undefined, more: object = {}): Case => [
    what,
    () => '/v1/shipments',
    () => ({ customerId: ids.customer, dispatch: true, lines: some(), ...more }),
    status,
    code,
    pointer,
  ]
  const of = (name: string, quantity: string) => ({ orderLine: lines[name], quantity })
  const act = (what: string, id: string, action: string, body: () => object, code: string, status = 409): Case => [
    what,
    () => `/v1/shipments/${ids[id]}/${action}`,
    body,
    status,
    code,
  ]
  refuses([
    ship('more than is left', () => [of('shipped', '4.000001')], 409, 'shipment.more-than-left', '/lines/0/quantity'),
    ship(
      'more than is left in two lines',
      () => [of('shipped', '3'), of('shipped', '2')],
      409,
      'shipment.more-than-left',
      '/lines/1/quantity',
    ),
    ship('a line of an order that has ended', () => [of('ended', '1')], 409, 'order.state', undefined),
    ship(
      'a line that there is not',
      () => [{ orderLine: `${lines.shipped!.slice(0, -2)}0Z`, quantity: 1 }],
      404,
      'order-line.not-found',
      '/lines/0/orderLine',
    ),
    ship('a price for the line of an order', () => [{ ...of('shipped', '1'), unitPrice: 1 }], 422, 'line.price-of-order', '/lines/0'),
    ship('orders in two currencies', () => [of('shipped', '1'), of('dollars', '1')], 422, 'document.currency-mismatch', '/lines'),
    ship('a day in the closed period', () => [of('shipped', '1')], 409, 'period.closed', '/shippedOn', { shippedOn: day(-20) }),
    act('dispatching twice', 'shipment', 'dispatch', () => ({}), 'shipment.state'),
    act('signing for a draft', 'draftShipment', 'sign-off', () => ({ signedOn: day(), signedBy: 'x' }), 'shipment.state'),
    act('cancelling one that is paid', 'paid', 'cancel', () => ({}), 'receivable.allocated'),
    act('cancelling one of which something came back', 'returned', 'cancel', () => ({}), 'shipment.returned'),
    act('cancelling in the closed period', 'shipment', 'cancel', () => ({ on: day(-20) }), 'period.closed'),
    act(
      'taking back more than was shipped',
      'shipment',
      'return',
      () => ({ mode: 'refund', lines: [{ line: lines.note, quantity: '7' }] }),
      'shipment.more-than-shipped',
    ),
    act('taking back all of it twice', 'returned', 'return', () => ({ mode: 'refund' }), 'shipment.more-than-shipped'),
    act(
      'taking back before it left',
      'shipment',
      'return',
      () => ({ mode: 'refund', on: day(-1) }),
      'shipment.returned-before-shipped',
      422,
    ),
  ])
  refuses(
    [
      [
        'changing what has left',
        () => `/v1/shipments/${ids.shipment}`,
        () => ({ shippedOn: day(-1) }),
        409,
        'shipment.dispatched',
        '/shippedOn',
      ],
    ],
    'PATCH',
  )
})
