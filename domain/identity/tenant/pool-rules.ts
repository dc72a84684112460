import * as z from 'zod'
import { rule } from '../../kernel/parse-input.ts'

/** How much a customer matters (客户级别), the most important first. */
export const customerLevels = ['key-major', 'key-secondary', 'ordinary', 'small'] as const

/** What a rule may want of an owner: that there is contact, that quotes are sent, that orders come. */
export const reclaimFacts = ['contact', 'quote', 'order'] as const
export type ReclaimFact = (typeof reclaimFacts)[number]

const days = (description: string) => z.int().min(1).max(3650).nullish().meta({ description })

const LevelRule = z
  .strictObject({
    noContactDays: days('Reclaimed when there was no contact for strictly more than so many days; notes do not count.'),
    noQuoteDays: days('Reclaimed when no quote was sent for strictly more than so many days.'),
    noOrderDays: days('Reclaimed when no order was confirmed and no goods left without one for strictly more than so many days.'),
  })
  // A patch may take one of them away; that one is left over is checked of what comes of it.
  .refine((given) => Object.keys(given).length > 0, rule('pool-rule.empty', 'must name noContactDays, noQuoteDays or noOrderDays'))
  .meta({ description: 'Each of the numbers is a rule of its own; whichever is broken first takes the customer.' })
type LevelRule = z.output<typeof LevelRule>

/** The days that a rule allows without each fact; what it does not name is not in it. */
export function daysAllowed(given: LevelRule | null | undefined): [ReclaimFact, number][] {
  const { noContactDays: contact, noQuoteDays: quote, noOrderDays: order } = given ?? {}
  const allowed = { contact, quote, order }
  return reclaimFacts.flatMap((fact): [ReclaimFact, number][] => (allowed[fact] == null ? [] : [[fact, allowed[fact]]]))
}

/**
 * The rules of the public pool (公海). What is left out does not limit: no quota, no cap, no cooling, nothing reclaimed.
 * `levels.unset` is for customers without a level.
 */
export const PoolRules = z
  .strictObject({
    quotaPerDay: z.int().min(0).max(10_000).nullish().meta({ description: 'Claims a user has on one day of the zone of the tenant.' }),
    capPerUser: z
      .int()
      .min(0)
      .max(1_000_000)
      .nullish()
      .meta({ description: 'Customers a user may own and still claim or be assigned one.' }),
    coolingDays: z.int().min(0).max(365).nullish().meta({ description: 'Days in which a former owner cannot claim a customer again.' }),
    warnDays: z
      .int()
      .min(0)
      .max(30)
      .nullish()
      .meta({ description: 'Days before a reclaim on which the owner is warned; 3 when left out.' }),
    workingDays: z.boolean().nullish().meta({ description: 'Count working days of the calendar of the tenant instead of all days.' }),
    levels: z
      .strictObject(
        Object.fromEntries([...customerLevels, 'unset'].map((level) => [level, LevelRule.nullish()])) as Record<
          (typeof customerLevels)[number] | 'unset',
          z.ZodOptional<z.ZodNullable<typeof LevelRule>>
        >,
      )
      .nullish()
      .meta({ description: 'When a customer goes back to the pool, by its level.' }),
  })
  .meta({ id: 'PoolRules' })
export type PoolRules = z.output<typeof PoolRules>

/** How long before a reclaim the owner is warned when the rules do not say. */
export const defaultWarnDays = 3

/** What the rules of any level ask for: by these facts customers go back to the pool. */
export function factsAsked({ levels }: PoolRules): ReclaimFact[] {
  const asked = new Set(Object.values(levels ?? {}).flatMap((rule) => daysAllowed(rule).map(([fact]) => fact)))
  return reclaimFacts.filter((fact) => asked.has(fact))
}

/** True when some level has a rule by which customers go back to the pool. */
export const reclaims = ({ poolRules }: { poolRules?: PoolRules | undefined }): boolean => factsAsked(poolRules ?? {}).length > 0
