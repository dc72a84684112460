import { openShares } from '../../../domain/finance/receivable/open-shares.ts'
import { OrderAmended, OrderConfirmed } from '../../../events/orders.ts'
import { consumerOf } from '../../consumer.ts'

/** Instalments that wait for no shipment: of a confirmed order, and those that an amendment adds. */
export const handler = consumerOf([OrderConfirmed, OrderAmended], (ctx, event) => {
  const { number, currency, on, openings } = event.data
  return openShares(ctx, event, { number, currency, issuedOn: on, openings })
})
