import { receivableMover } from '../domain/finance/receivable-mover.ts'
import { leadMover } from '../domain/marketing/lead/lead-mover.ts'
import type { Mover } from '../domain/parties/handover/mover.ts'
import { ownMovers } from '../domain/parties/handover/movers.ts'
import { documentMovers } from '../domain/sales/document/document-movers.ts'

const [endKeys, ...others] = ownMovers as [Mover, ...Mover[]]

/**
 * Everything that a leaver may have, in the order in which it is handed over: keys first, what goes with customers before them. A
 * context with more of it adds its movers here.
 */
export const handoverMovers: readonly Mover[] = [endKeys, ...documentMovers, receivableMover, ...others, leadMover]
