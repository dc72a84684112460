import * as z from 'zod'

/** How much a customer matters (客户级别), the most important first. */
export const customerLevels = ['key-major', 'key-secondary', 'ordinary', 'small'] as const

const LevelRule = z.strictObject({
  noContactDays: z
    .int()
    .min(1)
    .max(3650)
    .meta({ description: 'Reclaimed when there was no contact for strictly more than so many days; notes do not count.' }),
})

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

/** True when some level has a rule by which customers go back to the pool. */
export const reclaims = ({ poolRules }: { poolRules?: PoolRules | undefined }): boolean =>
  Object.values(poolRules?.levels ?? {}).some(Boolean)
