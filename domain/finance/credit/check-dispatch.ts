import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { minor, money } from '../../kernel/money.ts'
import type { Customer } from '../../parties/index.ts'
import { type Overdue, openReceivablesOf, overdueOf } from '../ledger/read-open.ts'
import type { CreditFlag } from './verdict.ts'

/** Which of the customer's limits on what is overdue are exceeded: more than overdueLimit, later than holdWhenOverdueDays. */
export function overdueFlags(customer: Customer, overdue: Overdue, currency: string): CreditFlag[] {
  const { overdueLimit, holdWhenOverdueDays } = customer
  const isOverAmount = overdueLimit?.currency === currency && overdue.base > minor(overdueLimit)
  const isOverDays = holdWhenOverdueDays !== undefined && overdue.oldestDays > holdWhenOverdueDays
  return [...(isOverAmount ? (['overdue-limit'] as const) : []), ...(isOverDays ? (['overdue-days'] as const) : [])]
}

/** 409 `credit.overdue-hold` when nothing is to be shipped to a customer who pays too late (逾期停发货). */
export async function checkDispatch(ctx: Context, customer: Customer): Promise<void> {
  if (customer.overdueLimit === undefined && customer.holdWhenOverdueDays === undefined) return
  const overdue = overdueOf(await openReceivablesOf(ctx, customer), today(ctx))
  const flags = overdueFlags(customer, overdue, ctx.tenant.currency)
  if (flags.length === 0) return
  const detail =
    'The customer is overdue beyond what was agreed. Ship when it has paid, or have its overdueLimit or holdWhenOverdueDays changed.'
  throw new Problem('conflict', 'credit.overdue-hold', detail, {
    extra: { flags, overdue: money(overdue.base, ctx.tenant.currency), oldestDays: overdue.oldestDays },
  })
}
