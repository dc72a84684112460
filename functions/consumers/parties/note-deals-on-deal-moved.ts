import { noteDealsOf } from '../../../domain/sales/note-deals-of.ts'
import { OrderCancelled, OrderConfirmed, QuoteSent, ShipmentCancelled, ShipmentDispatched } from '../../../events/sales.ts'
import { consumerOf } from '../../consumer.ts'

export const handler = consumerOf([QuoteSent, OrderConfirmed, OrderCancelled, ShipmentDispatched, ShipmentCancelled], noteDealsOf)
