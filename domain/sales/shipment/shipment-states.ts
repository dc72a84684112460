import type { StateTable } from '../../kernel/states.ts'
import type { ShipmentStatus } from './shipment.ts'

type Action = 'dispatch' | 'sign-off' | 'return' | 'send' | 'cancel' | 'delete'

/** domain.md "Shipment". */
export const shipmentStates: StateTable<ShipmentStatus, Action> = {
  draft: { dispatch: 'dispatched', cancel: 'cancelled', delete: 'cancelled' },
  dispatched: { 'sign-off': 'signed', return: 'dispatched', send: 'dispatched', cancel: 'cancelled' },
  signed: { return: 'signed', send: 'signed', cancel: 'cancelled' },
  cancelled: {},
}

/** Fields that may be changed once the goods have left. */
export const freeFields: readonly string[] = ['carrier', 'trackingNumber', 'warehouse', 'notes', 'externalId']
