import { ownersOfDue } from '../../finance/index.ts'
import type { User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { daysAhead } from './receivable-sections.ts'
import { peopleBelow } from './recipients.ts'

/** Finance cares for all that is owed; the others for what their own customers owe, managers for their team's and the pools'. */
export const caresForAll = ({ roles }: User): boolean => roles.includes('finance')
const caresForPools = ({ roles }: User): boolean => roles.includes('manager')

/** The last due day that a digest tells of. */
export const lastDayOwed = (day: string): string => addDays(day, daysAhead)

/** Whose customers a person cares for beside its own; undefined for those of the pools. */
export const othersOf = (users: readonly User[], reader: User): (string | undefined)[] => [
  ...peopleBelow(users, reader).map(({ id }) => id),
  ...(caresForPools(reader) ? [undefined] : []),
]

/**
 * Tells of a person whether certainly nothing is owed that its digest would tell of: what is due in the firm is looked at once, before
 * its people are each asked for. False where too much is due for one look.
 */
export async function whoIsOwedNothing(ctx: Context, users: readonly User[], day: string): Promise<(reader: User) => boolean> {
  const owners = await ownersOfDue(ctx, lastDayOwed(day))
  return (reader) =>
    owners !== undefined &&
    (caresForAll(reader) ? owners.size === 0 : ![reader.id, ...othersOf(users, reader)].some((ownerId) => owners.has(ownerId)))
}
