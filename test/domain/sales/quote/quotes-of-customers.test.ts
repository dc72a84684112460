import { expect, test } from 'vitest'
import type { User } from '../../../../domain/identity/user/user.ts'
import type { Context } from '../../../../domain/kernel/context.ts'
import { changeCustomer, createCustomer, deleteCustomer } from '../../../../domain/parties/customer/change-customer.ts'
import { customerPartition } from '../../../../domain/parties/customer/customer.table.ts'
import { undoMerge } from '../../../../domain/parties/merge/undo-merge.ts'
import { createQuote, getQuote } from '../../../../domain/sales/quote/change-quote.ts'
import { acceptQuote } from '../../../../domain/sales/quote/decide-quote.ts'
import { listQuotes } from '../../../../domain/sales/quote/list-quotes.ts'
import { sendQuote } from '../../../../domain/sales/quote/send-quote.ts'
import { queryAll } from '../../../../domain/store/query.ts'
import { handler as removeRecords } from '../../../../functions/consumers/parties/remove-records-on-customer-deleted.ts'
import { handler as recordPrices } from '../../../../functions/consumers/sales/record-prices-on-price-agreed.ts'
import { handler as rekey } from '../../../../functions/consumers/sales/rekey-documents-on-customer-owner-changed.ts'
import { deliver } from '../../../support/deliver.ts'
import { carryOut, merged } from '../../../support/merge.ts'
import { productOf } from '../../../support/sales.ts'
import { newTenant } from '../../../support/tenant.ts'

async function world() {
  const tenant = await newTenant()
  const [anna, ben] = [await tenant.user('rep'), await tenant.user('rep')]
  const ctx = await tenant.as(tenant.admin)
  const product = await productOf(tenant)
  const customerOf = (user: User, name: string) => createCustomer(ctx, { name, ownerId: user.id })
  const quoteFor = async (customerId: string, unitPrice = '1.7') => {
    const lines = [
      { productId: product.id, quantity: '10', unitPrice, discountPercent: '10' },
      { description: '运费', quantity: '1', unitPrice: '50' },
    ]
    const { id } = await createQuote(ctx, { customerId, lines })
    return sendQuote(ctx, { id, channel: 'paper' })
  }
  const seenBy = async (user: User) => {
    const page = await listQuotes(await tenant.as(user), { limit: 25, sort: '-quotedOn', filter: {} })
    return page.data.map(({ id }) => id)
  }
  return { tenant, ctx, anna, ben, product, customerOf, quoteFor, seenBy }
}

const dueQuotes = async (ctx: Context, user: User) =>
  (await queryAll(ctx, { partition: ['DUE', user.id] }))
    .filter(({ kind }) => kind === 'quote')
    .map(({ id, customerId, why }) => [id, customerId, why])

test('quotes go with their customer when it changes hands: into lists and reminders of the new owner', async () => {
  const { ctx, anna, ben, customerOf, quoteFor, seenBy } = await world()
  const customer = await customerOf(anna, 'x')
  const { id } = await quoteFor(customer.id)

  await changeCustomer(ctx, { id: customer.id, changes: { ownerId: ben.id } })
  await deliver(ctx, rekey, ['customer.owner-changed'], (bodies) => [...bodies, ...bodies])

  expect([await seenBy(anna), await seenBy(ben)]).toEqual([[], [id]])
  expect(await dueQuotes(ctx, anna)).toEqual([])
  expect(await dueQuotes(ctx, ben)).toEqual([
    [id, customer.id, 'unanswered'],
    [id, customer.id, 'expiring'],
  ])
  expect((await getQuote(ctx, { id })).lines).toHaveLength(2)
})

test('quotes of a merged customer belong to the survivor, and come back when it is undone', async () => {
  const { ctx, anna, ben, customerOf, quoteFor } = await world()
  const [survivor, duplicate] = [await customerOf(anna, '明辉'), await customerOf(ben, '宏达')]
  const { id } = await quoteFor(duplicate.id)

  const mergeId = await merged(ctx, survivor.id, { duplicateId: duplicate.id })
  const after = await getQuote(ctx, { id })
  const due = [await dueQuotes(ctx, anna), await dueQuotes(ctx, ben)]
  await undoMerge(ctx, { id: mergeId })
  await carryOut(ctx, mergeId)

  expect(after).toMatchObject({ customerId: survivor.id, ownerId: anna.id })
  expect(due.map((entries) => entries.map(([, customerId]) => customerId))).toEqual([[survivor.id, survivor.id], []])
  expect(await getQuote(ctx, { id })).toMatchObject({ customerId: duplicate.id, ownerId: ben.id })
  expect(await dueQuotes(ctx, ben)).toHaveLength(2)
})

test('quotes, what was ordered of them and prices are removed with their customer', async () => {
  const { ctx, anna, customerOf, quoteFor } = await world()
  const customer = await customerOf(anna, 'x')
  const { id } = await quoteFor(customer.id)
  await acceptQuote(ctx, { id })
  await deliver(ctx, recordPrices, ['quote.sent', 'quote.accepted'])
  const kinds = async () =>
    new Set((await queryAll(ctx, { partition: customerPartition(customer.id) })).map(({ sk }) => String(sk).split('#')[0]))
  const before = await kinds()

  await deleteCustomer(ctx, { id: customer.id })
  await deliver(ctx, removeRecords, ['customer.deleted'])

  expect(before).toEqual(new Set(['CUS', 'EVT', 'PRH', 'PRL', 'QUL', 'QUO']))
  expect(await kinds()).toEqual(new Set(['EVT']))
})

test('a line without a price takes the one last agreed, whichever order the news come in', async () => {
  const { ctx, anna, customerOf, quoteFor, product } = await world()
  const [customer, other] = [await customerOf(anna, '明辉'), await customerOf(anna, '宏达')]
  const draft = async (customerId: string, more: object = {}) =>
    (await createQuote(ctx, { customerId, lines: [{ productId: product.id, quantity: '1' }], ...more })).lines[0]!.unitPrice

  const { id } = await quoteFor(customer.id, '1.7')
  await deliver(ctx, recordPrices, ['quote.sent'])
  const told = await draft(customer.id)
  await acceptQuote(ctx, { id })
  const dearer = await quoteFor(customer.id, '1.8')
  await acceptQuote(ctx, { id: dearer.id })
  await deliver(ctx, recordPrices, ['quote.sent', 'quote.accepted'], (bodies) => [...bodies].reverse())

  expect(told).toBe('1.85')
  expect(await draft(customer.id)).toBe('1.62')
  expect(await draft(customer.id, { pricesIncludeTax: false })).toBe('1.433628')
  expect(await draft(other.id)).toBe('1.85')
})
