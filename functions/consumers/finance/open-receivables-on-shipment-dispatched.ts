import { openShares } from '../../../domain/finance/receivable/open-shares.ts'
import { ShipmentDispatched } from '../../../events/shipments.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(ShipmentDispatched, (ctx, event) => {
  const { number, currency, openings, shippedOn: issuedOn } = event.data
  return openShares(ctx, event, { number, currency, issuedOn, openings })
})
