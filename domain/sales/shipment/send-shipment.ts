import { ShipmentNoteSent } from '../../../events/shipments.ts'
import type { Context } from '../../kernel/context.ts'
import { step } from '../../kernel/states.ts'
import type { SendDocument } from '../sending/delivery.ts'
import { type SendKind, sendDocument } from '../sending/send-document.ts'
import { subjectOf } from './dispatch-shipment.ts'
import { shipments } from './shipment.table.ts'
import type { Shipment } from './shipment.ts'
import { shipmentStates } from './shipment-states.ts'

const kind: SendKind<Shipment> = {
  noun: 'shipment',
  entity: shipments,
  sent: (_ctx, shipment) => ({ ...shipment, status: step('shipment', shipmentStates, shipment.status, 'send') }),
  event: (shipment, { channel, send }) => ShipmentNoteSent(subjectOf(shipment), { number: shipment.number, channel, send }),
}

/** Sends the delivery note of goods that left. 409 `shipment.state` for a draft and for what was cancelled, 422 `shipment.no-recipient`. */
export const sendShipment = (ctx: Context, asked: SendDocument & { id: string }): Promise<Shipment> => sendDocument(ctx, kind, asked)
