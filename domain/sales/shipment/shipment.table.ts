import { customerPartition } from '../../parties/index.ts'
import { numberGuard } from '../../platform/index.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { Range } from '../../store/query.ts'
import { type Shipment, type ShipmentStatus, shipmentDetail } from './shipment.ts'

export const shipmentsIn = (status: ShipmentStatus) => ['SHP-ALL', status]
export const shipmentsOfOwner = (ownerId: string, status: ShipmentStatus) => ['SHP-OWNER', ownerId, status]

/** In its customer's partition, its lines beside it; lists by shippedOn for all (gsi1) and by the owner of the customer (gsi2). */
export const shipments = defineEntity<Shipment>({
  type: 'shipment',
  prefix: 'shp',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['SHP', id] }),
  detail: { name: 'SHL', fields: shipmentDetail },
  gsi1: ({ status, shippedOn, id }) => ({ pk: shipmentsIn(status), sk: [shippedOn, id] }),
  gsi2: ({ ownerId, status, shippedOn, id }) => (ownerId ? { pk: shipmentsOfOwner(ownerId, status), sk: [shippedOn, id] } : undefined),
  guards: ({ number, externalId, takenBack }) =>
    takenBack ? [] : [numberGuard('shipment', number), ...externalIdGuard('shipment', externalId)],
})

/** Access pattern: shipments of a customer by creation; one Query. */
export const shipmentsOf = (customerId: string): Range => ({ partition: customerPartition(customerId), prefix: ['SHP'] })
