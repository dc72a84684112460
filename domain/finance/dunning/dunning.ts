import { type DunningLevel, type DunningSettings, dunningLevels } from '../../identity/index.ts'
import { daysBetween } from '../../kernel/dates.ts'
import type { Money } from '../../kernel/money.ts'
import type { Receivable } from '../receivable/receivable.ts'

/** A receivable as a notice names it. */
export interface DunnedReceivable {
  number: string
  issuedOn: string
  dueOn: string
  outstanding: Money
  daysOverdue: number
}

const rank = (level: DunningLevel): number => dunningLevels.indexOf(level)

/**
 * The level that a receivable has reached on a day and was not told of yet; undefined for none. Nothing is said before the due
 * day has ended, of what is disputed, or while a promised day has not passed.
 */
export function levelToSend(
  { dueOn, disputed, promise, dunned }: Pick<Receivable, 'dueOn' | 'disputed' | 'promise' | 'dunned'>,
  day: string,
  settings: DunningSettings,
): DunningLevel | undefined {
  const days = daysBetween(dueOn, day)
  if (days < 1 || disputed || (promise && promise.on >= day)) return undefined
  const reached = settings.filter(({ active, daysAfterDue }) => active && daysAfterDue <= days).map(({ level }) => level)
  const [strongest] = reached.sort((a, b) => rank(b) - rank(a))
  return strongest && (!dunned || rank(strongest) > rank(dunned.level)) ? strongest : undefined
}
