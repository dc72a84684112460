import { leadMover } from '../domain/marketing/lead/lead-mover.ts'
import type { Mover } from '../domain/parties/handover/mover.ts'
import { ownMovers } from '../domain/parties/handover/movers.ts'

/** Everything that a leaver may have, in the order in which it is handed over. A context with more of it adds its movers here. */
export const handoverMovers: readonly Mover[] = [...ownMovers, leadMover]
