import { openShares } from '../../../domain/finance/receivable/open-shares.ts'
import { ShipmentSigned } from '../../../events/shipments.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(ShipmentSigned, (ctx, event) => {
  const { number, currency, openings, signedOn: issuedOn } = event.data
  return openShares(ctx, event, { number, currency, issuedOn, openings })
})
