import * as z from 'zod'
import { reclaimFacts } from '../../identity/index.ts'
import { BusinessDate, Instant } from '../../kernel/dates.ts'

/** What a customer keeps of where it was and why it lies where it lies. Rules: docs/ownership.md. */

/** How a customer came into the pool. */
const intoPool = z.enum(['created', 'released', 'reclaimed'])

/** Kept while nobody owns it: enough to show why it is there, and to undo a release. */
export const Pooled = z.object({
  since: Instant,
  how: intoPool,
  /** Who put it there. */
  by: z.string(),
  from: z.string().optional(),
  reason: z.string().optional(),
  /** Since when the former owner had it: an undone release starts no new term. */
  ownedSince: Instant.optional(),
})
export type Pooled = z.output<typeof Pooled>

/** The same as callers see it. */
export const InPool = z
  .object({
    since: Instant,
    days: z.int().meta({ description: 'Days in the pool, in the zone of the tenant.' }),
    how: intoPool,
    reason: z.string().nullable(),
    formerOwnerId: z.string().nullable(),
  })
  .meta({ id: 'CustomerInPool' })

/** Somebody who had the customer, until when: it cools for them. */
export const FormerOwner = z.object({ userId: z.string(), until: Instant })
export type FormerOwner = z.output<typeof FormerOwner>

export const Lock = z.object({ at: Instant, by: z.string(), reason: z.string() })

/**
 * A warning that stands in the owner's digest since `since`: the customer goes to the pool on `on`. It holds as long as
 * what the rule wants did not come and the customer was not moved: `term` is what the days were counted from.
 */
export const ReclaimWarning = z.object({ since: BusinessDate, on: BusinessDate, fact: z.enum(reclaimFacts), term: z.string() })
