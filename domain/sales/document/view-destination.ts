import type * as z from 'zod'
import type { DocumentParty } from '../../platform/index.ts'
import type { DeliverTo } from './deliver-to.ts'
import { addressLine } from './view-parts.ts'

/** Where goods go, as it stands on a document; the customer's name where no other is said. */
export function viewDestination(to: z.output<typeof DeliverTo> | undefined, customerName: string): { deliverTo?: DocumentParty } {
  if (!to) return {}
  const { name, contact, phone, ...place } = to
  const address = addressLine({ kind: 'delivery', ...place })
  return {
    deliverTo: {
      name: name ?? customerName,
      ...(contact ? { contact } : {}),
      ...(phone ? { phone } : {}),
      ...(address ? { address } : {}),
    },
  }
}
