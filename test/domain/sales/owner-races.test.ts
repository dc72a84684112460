import { expect, test } from 'vitest'
import { createCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { assignCustomer } from '../../../domain/parties/ownership/assign-customer.ts'
import { rekeyDocuments } from '../../../domain/sales/document/rekey-documents.ts'
import { createOrder } from '../../../domain/sales/order/change-order.ts'
import { confirmOrder } from '../../../domain/sales/order/confirm-order.ts'
import { createShipment } from '../../../domain/sales/shipment/change-shipment.ts'
import { listShipments } from '../../../domain/sales/shipment/list-shipments.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { firmName } from '../../support/firm-names.ts'
import { meanwhile } from '../../support/meanwhile.ts'
import { newTenant } from '../../support/tenant.ts'

const tenant = await newTenant()
const ctx = await tenant.as(tenant.admin)
const [first, second] = [await tenant.user('rep'), await tenant.user('rep')]

test.each([
  ['a part of an order', '4'],
  ['all of an order', '10'],
])('%s, shipped while its customer is given to somebody else, is listed under the new owner', async (_, quantity) => {
  const { id: customerId } = await createCustomer(ctx, { name: firmName(), ownerId: first.id })
  const line = { description: '连接器', quantity: '10', unitPrice: '2', taxRate: '13' as const }
  const { id } = await createOrder(ctx, { customerId, lines: [line] })
  const order = await confirmOrder(ctx, { id })
  const inFlight = meanwhile(
    ctx,
    (command, input) => command === 'TransactWriteCommand' && input.includes('"SHP#'),
    async () => {
      await assignCustomer(ctx, { id: customerId, ownerId: second.id })
      await rekeyDocuments(ctx, { subject: { type: 'customer', id: customerId } } as never)
    },
  )

  const lines = [{ orderLine: order.lines[0]!.id, quantity }]
  const shipment = await retryStale(() => createShipment(inFlight, { customerId, lines, dispatch: true } as never))

  const filter = { ownerId: { eq: second.id } }
  const { data } = await listShipments(ctx, { limit: 100, sort: '-shippedOn', filter } as never)
  expect(data.map((row) => row.id)).toContain(shipment.id)
})
