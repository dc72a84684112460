import { recordPricesOf } from '../../../domain/sales/price/record-prices-of.ts'
import { OrderAmended, OrderConfirmed } from '../../../events/orders.ts'
import { QuoteAccepted, QuoteSent } from '../../../events/sales.ts'
import { ShipmentDispatched } from '../../../events/shipments.ts'
import { consumerOf } from '../../consumer.ts'

export const handler = consumerOf([QuoteSent, QuoteAccepted, OrderConfirmed, OrderAmended, ShipmentDispatched], recordPricesOf)
