import { openShares } from '../../../domain/finance/receivable/open-shares.ts'
import type { DeliveredEvent } from '../../../events/define.ts'
import type { Opening } from '../../../events/fields.ts'
import { OrderAmended, OrderConfirmed } from '../../../events/orders.ts'
import { consumerOf } from '../../consumer.ts'

type Agreed = { number: string; currency: string; on: string; openings: Opening[] }

/** Instalments that wait for no shipment: of a confirmed order, and those that an amendment adds. */
export const handler = consumerOf([OrderConfirmed, OrderAmended] as never, (ctx, event) => {
  const { number, currency, on, openings } = (event as DeliveredEvent<Agreed>).data
  return openShares(ctx, event, { number, currency, issuedOn: on, openings })
})
