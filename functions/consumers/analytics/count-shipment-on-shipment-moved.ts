import { countShipment } from '../../../domain/analytics/sales-report/count-shipment.ts'
import { ShipmentCancelled, ShipmentDispatched, ShipmentReturned } from '../../../events/shipments.ts'
import { consumerOf } from '../../consumer.ts'

export const handler = consumerOf([ShipmentDispatched, ShipmentReturned, ShipmentCancelled], (ctx, { subject }) =>
  countShipment(ctx, subject.id),
)
