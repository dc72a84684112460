import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { requireDistinct } from '../../kernel/parse-input.ts'
import { visibleOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { tallyWrite } from '../../store/tally.ts'
import { shipments } from './shipment.table.ts'
import { ShipmentId } from './shipment.ts'

/** A pile of paper, and of what one transaction takes. */
export const mostNotes = 40

export const CountPrints = z.strictObject({ ids: z.array(ShipmentId).min(1).max(mostNotes) }).meta({ id: 'CountPrints' })

export const PrintsCounted = z.object({ counted: z.int() }).meta({ id: 'PrintsCounted' })

/** Notes that delivery notes came out of the printer once more, all of them or none. 404 for a shipment out of sight. */
export async function countPrints(ctx: Context, { ids }: z.output<typeof CountPrints>): Promise<{ counted: number }> {
  requireDistinct(ids, '/ids')
  for (const id of ids) await visibleOfCustomer(ctx, shipments, id)
  // A number of the record itself: whoever is changing the record at the same moment reads it again.
  const [first, ...others] = ids.map((id) => tallyWrite({ key: shipments.key(id), add: { printCount: 1, version: 1 } }))
  return commit(ctx, [first!, ...others], [], { result: { counted: ids.length } }) as unknown as Promise<{ counted: number }>
}
