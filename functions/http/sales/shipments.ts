import * as z from 'zod'
import { SendDocument } from '../../../domain/sales/sending/delivery.ts'
import { Cancelling, cancelShipment } from '../../../domain/sales/shipment/cancel-shipment.ts'
import { changeShipment, createShipment, deleteShipment, getShipment } from '../../../domain/sales/shipment/change-shipment.ts'
import { dispatchShipment } from '../../../domain/sales/shipment/dispatch-shipment.ts'
import { customerShipmentList, listShipments, shipmentList } from '../../../domain/sales/shipment/list-shipments.ts'
import { returnShipment, ShipmentReturn } from '../../../domain/sales/shipment/return-shipment.ts'
import { sendShipment } from '../../../domain/sales/shipment/send-shipment.ts'
import {
  ChangeShipment,
  CreateShipment,
  Shipment,
  type Shipment as ShipmentFields,
  ShipmentRow,
} from '../../../domain/sales/shipment/shipment.ts'
import { shipmentKind } from '../../../domain/sales/shipment/shipment-kind.ts'
import { shownShipment, shownShipmentRow } from '../../../domain/sales/shipment/show-shipment.ts'
import { SignOff, signOffShipment } from '../../../domain/sales/shipment/sign-off.ts'
import { bulkRoutes } from '../bulk.ts'
import { ofCustomer } from '../parties/of-customer.ts'
import { presented, type Route, route } from '../route.ts'

export const shipmentExample = {
  customerId: 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3',
  shippedOn: '2026-11-20',
  carrier: '顺丰速运',
  trackingNumber: 'SF1020304050607',
  lines: [{ description: '板对板连接器', model: 'BTB-0.5-40P', quantity: '2000', unit: '只', unitPrice: '1.85', taxRate: '13' }],
}

const Nothing = z.strictObject({}).meta({ id: 'DispatchShipment' })
const action = { permission: 'shipments.write' as const, response: Shipment, present: shownShipment }
const row = { response: ShipmentRow, present: (_ctx: unknown, shipment: ShipmentFields) => shownShipmentRow(shipment) }

const actions: Route[] = [
  presented({
    ...action,
    method: 'POST',
    path: '/v1/shipments/{id}/dispatch',
    summary: 'Dispatch a shipment',
    description:
      'The goods leave: what was ordered is counted as shipped, and what is owed by it is opened. Refused for a customer who pays too late, for more than is left of a line and the firm allows above it, and for goods that were not ordered above the credit limit.',
    body: Nothing,
    example: { body: {} },
    run: dispatchShipment,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/shipments/{id}/sign-off',
    summary: 'Sign off a shipment',
    description: 'The customer signed for the goods (签收). Terms from sign-off count from that day.',
    body: SignOff,
    example: { body: { signedOn: '2026-11-20', signedBy: '王小姐' } },
    run: signOffShipment,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/shipments/{id}/send',
    summary: 'Send a delivery note',
    description:
      'Of goods that left, by mail with the document, by a link to pass on, or on paper. The same once more is answered and not sent again, unless `again` says so.',
    body: SendDocument,
    example: { body: { channel: 'link' } },
    run: sendShipment,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/shipments/{id}/return',
    summary: 'Take goods back',
    description:
      'As a refund, or to be replaced: then the lines of their orders are open again. The customer is credited at the shipped price either way; a replacement is shipped and owed anew.',
    body: ShipmentReturn,
    example: { body: { mode: 'refund', reason: '外观不良' } },
    run: returnShipment,
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/shipments/{id}/cancel',
    summary: 'Cancel a shipment',
    description: 'As if it had not left, while nothing of it is paid; else take the goods back.',
    body: Cancelling,
    example: { body: { reason: '录入错误' } },
    run: cancelShipment,
  }),
]

export const shipmentRoutes: Route[] = [
  presented({
    ...row,
    method: 'GET',
    path: '/v1/shipments',
    summary: 'List shipments',
    description:
      'By shippedOn, newest first, of the customers that the caller and those below own; those of one customer by creation. Rows come without lines.',
    permission: 'shipments.read',
    list: shipmentList,
    run: listShipments,
  }),
  presented({
    ...row,
    method: 'GET',
    path: '/v1/customers/{id}/shipments',
    summary: 'List the shipments of a customer',
    permission: 'shipments.read',
    list: customerShipmentList,
    run: (ctx, input) => listShipments(ctx, ofCustomer(input)),
  }),
  presented({
    ...action,
    method: 'POST',
    path: '/v1/shipments',
    summary: 'Create a shipment',
    description:
      'Of lines of orders of one customer, of goods that were not ordered (直接出货), or both. A draft reserves nothing; with dispatch it leaves at once.',
    body: CreateShipment,
    creates: true,
    example: { body: shipmentExample },
    run: createShipment,
  }),
  presented({
    ...action,
    method: 'GET',
    path: '/v1/shipments/{id}',
    summary: 'Get a shipment',
    permission: 'shipments.read',
    run: getShipment,
  }),
  presented({
    ...action,
    method: 'PATCH',
    path: '/v1/shipments/{id}',
    summary: 'Change a shipment',
    description:
      'JSON Merge Patch of a draft; lines are replaced as a whole. Of one that left only carrier, trackingNumber, warehouse, notes and externalId.',
    body: ChangeShipment,
    example: { body: { trackingNumber: 'SF1020304050608' } },
    run: changeShipment,
  }),
  route({
    method: 'DELETE',
    path: '/v1/shipments/{id}',
    summary: 'Delete a draft of a shipment',
    permission: 'shipments.write',
    run: deleteShipment,
  }),
  ...actions,
  ...bulkRoutes({ kind: shipmentKind, response: Shipment, present: shownShipment, example: shipmentExample }),
]
