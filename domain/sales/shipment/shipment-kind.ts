import type { RecordKind } from '../../kernel/record-kind.ts'
import { changeShipment, createShipment, deleteShipment, getShipment } from './change-shipment.ts'
import { ChangeShipment, CreateShipment, type Shipment } from './shipment.ts'

export const shipmentKind: RecordKind<Shipment> = {
  name: 'shipments',
  noun: 'shipment',
  Create: CreateShipment,
  Change: ChangeShipment,
  permissions: { read: 'shipments.read', write: 'shipments.write', remove: 'shipments.write' },
  get: getShipment,
  create: createShipment,
  change: changeShipment,
  remove: deleteShipment,
}
