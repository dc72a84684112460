import { recordPricesOf } from '../../../domain/sales/price/record-prices-of.ts'
import { OrderAmended, OrderConfirmed, QuoteAccepted, QuoteSent, ShipmentDispatched } from '../../../events/sales.ts'
import { consumerOf } from '../../consumer.ts'

export const handler = consumerOf([QuoteSent, QuoteAccepted, OrderConfirmed, OrderAmended, ShipmentDispatched], recordPricesOf)
