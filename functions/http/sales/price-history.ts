import { listPriceHistory, priceHistoryList } from '../../../domain/sales/price/list-price-history.ts'
import { PastPrice } from '../../../domain/sales/price/price.ts'
import { type Route, route } from '../route.ts'

export const priceHistoryRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/customers/{id}/price-history',
    summary: 'What a customer was quoted and has paid',
    description:
      'Per product, newest first: prices of quotes that were sent and accepted, of confirmed orders and of shipments without an order. filter[productId] takes one product. A quote shows here a moment after it was sent.',
    permission: 'quotes.read',
    list: priceHistoryList,
    response: PastPrice,
    run: listPriceHistory,
  }),
]
