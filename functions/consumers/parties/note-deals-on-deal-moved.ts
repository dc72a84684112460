import { noteDealsOf } from '../../../domain/sales/note-deals-of.ts'
import { OrderCancelled, OrderConfirmed } from '../../../events/orders.ts'
import { QuoteSent } from '../../../events/sales.ts'
import { ShipmentCancelled, ShipmentDispatched } from '../../../events/shipments.ts'
import { consumerOf } from '../../consumer.ts'

export const handler = consumerOf([QuoteSent, OrderConfirmed, OrderCancelled, ShipmentDispatched, ShipmentCancelled], noteDealsOf)
