import * as z from 'zod'
import { ShipmentSigned } from '../../../events/shipments.ts'
import { requireOpenDate } from '../../finance/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { BusinessDate } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { step } from '../../kernel/states.ts'
import { line } from '../../kernel/text.ts'
import { writableOfCustomer } from '../../parties/index.ts'
import { requireFileOf } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { subjectOf } from './dispatch-shipment.ts'
import { shipments } from './shipment.table.ts'
import { FileId, type Shipment } from './shipment.ts'
import { shipmentStates } from './shipment-states.ts'

export const SignOff = z
  .strictObject({
    signedOn: BusinessDate.meta({ description: 'When the customer signed for the goods.' }),
    signedBy: line(100).meta({ description: 'Who signed.' }),
    fileId: FileId.nullish().meta({ description: 'The signed note, uploaded as a file of the customer.' }),
  })
  .meta({ id: 'ShipmentSignOff' })
export type SignOff = z.output<typeof SignOff>

/**
 * Notes that the customer signed for a shipment (签收): terms from sign-off count from then on, and what waited for it is owed.
 * 422 `shipment.signed-before-shipped`, 404 for a file that is not the customer's, 409 `shipment.state`.
 */
export async function signOffShipment(ctx: Context, { id, signedOn, signedBy, fileId }: SignOff & { id: string }): Promise<Shipment> {
  const { record: before, customer } = await writableOfCustomer(ctx, shipments, id)
  const status = step('shipment', shipmentStates, before.status, 'sign-off')
  requireOpenDate(ctx, await readTenant(ctx), signedOn, '/signedOn')
  if (signedOn < before.shippedOn)
    throw invalid('shipment.signed-before-shipped', '/signedOn', `The goods left on ${before.shippedOn}; nobody signed for them before.`)
  if (fileId) await requireFileOf(ctx, customer, fileId, '/fileId')
  const { waiting = [], ...rest } = before
  const after: Shipment = {
    ...rest,
    ...(waiting.length > 0 ? { openings: [...(before.openings ?? []), ...waiting] } : {}),
    status,
    signedOn,
    signedBy,
    ...(fileId ? { signOffFileId: fileId } : {}),
  }
  const event = ShipmentSigned(subjectOf(before), {
    number: before.number,
    shippedOn: before.shippedOn,
    signedOn,
    currency: before.currency,
    exchangeRate: before.exchangeRate,
    terms: before.paymentTerms ?? null,
    openings: waiting,
    ownerId: before.ownerId ?? null,
  })
  return commit(ctx, [shipments.replace(ctx, before, after)], [event])
}
