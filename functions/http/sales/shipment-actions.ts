import * as z from 'zod'
import { SendDocument } from '../../../domain/sales/sending/delivery.ts'
import { Cancelling, cancelShipment } from '../../../domain/sales/shipment/cancel-shipment.ts'
import { dispatchShipment } from '../../../domain/sales/shipment/dispatch-shipment.ts'
import { returnShipment, ShipmentReturn } from '../../../domain/sales/shipment/return-shipment.ts'
import { sendShipment } from '../../../domain/sales/shipment/send-shipment.ts'
import { Shipment } from '../../../domain/sales/shipment/shipment.ts'
import { shownShipment } from '../../../domain/sales/shipment/show-shipment.ts'
import { SignOff, signOffShipment } from '../../../domain/sales/shipment/sign-off.ts'
import { presented, type Route } from '../route.ts'

const Nothing = z.strictObject({}).meta({ id: 'DispatchShipment' })

/** What every change of a shipment needs and answers. */
export const shipmentChange = { permission: 'shipments.write' as const, response: Shipment, present: shownShipment }

export const shipmentActions: Route[] = [
  presented({
    ...shipmentChange,
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
    ...shipmentChange,
    method: 'POST',
    path: '/v1/shipments/{id}/sign-off',
    summary: 'Sign off a shipment',
    description: 'The customer signed for the goods (签收). Terms from sign-off count from that day.',
    body: SignOff,
    example: { body: { signedOn: '2026-11-20', signedBy: '王小姐' } },
    run: signOffShipment,
  }),
  presented({
    ...shipmentChange,
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
    ...shipmentChange,
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
    ...shipmentChange,
    method: 'POST',
    path: '/v1/shipments/{id}/cancel',
    summary: 'Cancel a shipment',
    description: 'As if it had not left, while nothing of it is paid; else take the goods back.',
    body: Cancelling,
    example: { body: { reason: '录入错误' } },
    run: cancelShipment,
  }),
]
