import { expect, test } from 'vitest'
import { createCreditNote } from '../../../domain/finance/credit-note/create-credit-note.ts'
import { checkBooks } from '../../../domain/finance/index.ts'
import { openOf } from '../../../domain/finance/ledger/read-open.ts'
import { ownedKinds } from '../../../domain/finance/owned-books.ts'
import { createReceipt } from '../../../domain/finance/receipt/create-receipt.ts'
import { receiptSource } from '../../../domain/finance/receipt/receipt-kind.ts'
import { openShares } from '../../../domain/finance/receivable/open-shares.ts'
import { rekeyBooks } from '../../../domain/finance/rekey-books.ts'
import { allocateSource } from '../../../domain/finance/settlement/source-kind.ts'
import { createWriteOff } from '../../../domain/finance/write-off/create-write-off.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { customerPartition, customers } from '../../../domain/parties/index.ts'
import { assignCustomer } from '../../../domain/parties/ownership/assign-customer.ts'
import { cancelShipment } from '../../../domain/sales/shipment/cancel-shipment.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { indexKeysOf, recordOf } from '../../../domain/store/entity.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { get } from '../../../domain/store/read.ts'
import { sampleOpening } from '../../../events/fields.ts'
import { handler as openOfShipment } from '../../../functions/consumers/finance/open-receivables-on-shipment-dispatched.ts'
import { Crash } from '../../support/crashing.ts'
import { deliver } from '../../support/deliver.ts'
import { cny, firmOwed, receivableOf, shares } from '../../support/finance.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { merged } from '../../support/merge.ts'
import { customerOf } from '../../support/parties.ts'
import { lineOf, shipmentOf } from '../../support/sales.ts'

const firm = await firmOwed([])
const { tenant, ctx } = firm
const [first, second] = [await tenant.user('rep'), await tenant.user('rep')]
const events = { issuedOn: '2026-02-01' }

/** What of the books of a customer stands in other lists, or is said to be in other hands, than those of its owner. */
async function misplaced(customerId: string): Promise<unknown[]> {
  const customer = await get(ctx, customers, customerId, { consistent: true })
  const found = await Promise.all(
    ownedKinds.map(async ({ entity }) => {
      const range = { partition: customerPartition(customerId), prefix: entity.key(customerId).sk.slice(0, 1) }
      const items = await queryAll(ctx, range, { consistent: true })
      return items.flatMap((item) => {
        const { gsi2pk } = indexKeysOf(ctx, entity, { ...recordOf(entity, item), ownerId: customer.ownerId })
        return item.gsi2pk === gsi2pk && item.ownerId === customer.ownerId ? [] : [{ is: [item.gsi2pk, item.ownerId], shall: gsi2pk }]
      })
    }),
  )
  const open = (await openOf(ctx, customer)).filter(({ ownerId }) => ownerId !== customer.ownerId)
  return [...found.flat(), ...open]
}

/** The customer is given to somebody else, and its books have followed, before what is on its way is written. */
const givenMeanwhile = (id: string): Context =>
  meanwhile(
    ctx,
    (command, input) => command === 'TransactWriteCommand' && input.includes('PST#'),
    async () => {
      await assignCustomer(ctx, { id, ownerId: second.id })
      await rekeyBooks(ctx, id)
    },
  )

const money = (customerId: string) => ({ customerId, receivedOn: '2026-02-01', method: 'bank' as const })
type Owed = { id: string }
const ways: Record<string, (on: Context, customerId: string, owed: Owed) => Promise<unknown>> = {
  'a receipt that settles all': (on, id, owed) => createReceipt(on, { ...money(id), amount: cny(100), allocations: shares([owed, 100]) }),
  'a receipt that settles a part': (on, id, owed) => createReceipt(on, { ...money(id), amount: cny(50), allocations: shares([owed, 40]) }),
  'a receipt that settles nothing': (on, id) => createReceipt(on, { ...money(id), amount: cny(50) }),
  'a credit note': (on, id, owed) =>
    createCreditNote(on, { customerId: id, ...events, reason: '退货', amount: cny(30), allocations: shares([owed, 10]) } as never),
  'a credit note that settles nothing': (on, id) =>
    createCreditNote(on, { customerId: id, ...events, reason: '退货', amount: cny(30) } as never),
  'a write-off': (on, id, owed) =>
    createWriteOff(on, { customerId: id, ...events, reason: '坏账', amount: cny(100), allocations: shares([owed, 100]) } as never),
  'a shipment that makes something owed': (on, id) => {
    const subject = { type: 'shipment', id: ctx.newId('shp', id) }
    const opening = { ...sampleOpening, of: ctx.newId('ord', id) }
    return openShares(on, { subject } as never, { number: subject.id, currency: 'CNY', ...events, openings: [opening] })
  },
}

test.each(Object.keys(ways))('%s, while the customer is given to somebody else, stands with its new owner', async (way) => {
  const customer = await customerOf(tenant, tenant.admin, { ownerId: first.id })
  const owed = await receivableOf(tenant, tenant.admin, customer.id, 100)

  const inFlight = givenMeanwhile(customer.id)

  await retryStale(() => ways[way]!(inFlight, customer.id, owed))

  expect(await misplaced(customer.id)).toEqual([])
  expect(await checkBooks(ctx)).toEqual([])
})

test('what is settled by money of before, while the books are half way to the new owner, stands in the lists of that one', async () => {
  const customer = await customerOf(tenant, tenant.admin, { ownerId: first.id })
  const owed = await receivableOf(tenant, tenant.admin, customer.id, 100)
  const { id } = await createReceipt(ctx, { ...money(customer.id), amount: cny(100) })
  const beforeReceipts = meanwhile(
    ctx,
    (command, input) => command === 'TransactWriteCommand' && input.includes('"RCT#'),
    () => Promise.reject(new Crash()),
  )
  const inFlight = meanwhile(
    ctx,
    (command, input) => command === 'TransactWriteCommand' && input.includes('PST#'),
    async () => {
      await assignCustomer(ctx, { id: customer.id, ownerId: second.id })
      await rekeyBooks(beforeReceipts, customer.id).catch(() => undefined)
    },
  )

  await retryStale(() => allocateSource(inFlight, receiptSource, { id, allocations: shares([owed, 100]) }))
  await rekeyBooks(ctx, customer.id)

  expect(await misplaced(customer.id)).toEqual([])
})

test('what a shipment made owed, taken back while its customer is given to somebody else, stands in the lists of that one', async () => {
  const customer = await customerOf(tenant, tenant.admin, { ownerId: first.id })
  const goods = { customerId: customer.id, lines: [lineOf('10', '5')], dispatch: true }
  const { id } = await shipmentOf(tenant, tenant.admin, goods)
  await deliver(ctx, openOfShipment, ['shipment.dispatched'])
  const inFlight = givenMeanwhile(customer.id)

  await retryStale(() => cancelShipment(inFlight, { id, reason: '录入错误' }))

  expect(await misplaced(customer.id)).toEqual([])
})

test('what becomes owed of a customer while that one is merged into another stands with the owner of both', async () => {
  const [survivor, duplicate] = [
    await customerOf(tenant, tenant.admin, { ownerId: second.id }),
    await customerOf(tenant, tenant.admin, { ownerId: first.id }),
  ]
  const owed = await receivableOf(tenant, tenant.admin, duplicate.id, 100)
  const inFlight = meanwhile(
    ctx,
    (command, input) => command === 'TransactWriteCommand' && input.includes('PST#'),
    () => merged(ctx, survivor.id, { duplicateId: duplicate.id }),
  )

  await retryStale(() => ways['a receipt that settles a part']!(inFlight, duplicate.id, owed))
  await retryStale(() => ways['a shipment that makes something owed']!(ctx, duplicate.id, owed))

  expect(await misplaced(duplicate.id)).toEqual([])
})
