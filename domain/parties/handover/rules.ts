import { checkTree } from '../../kernel/check-tree.ts'
import type { Context } from '../../kernel/context.ts'
import { callerOf } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { comparable } from '../../kernel/search-fields.ts'
import { judgeRows, type Lookup } from '../../kernel/search-judge.ts'
import { yes } from '../../kernel/search-tree.ts'
import type { Customer } from '../customer/customer.ts'
import { customerFields } from '../search/customer-fields.ts'
import type { HandoverRequest } from './handover.ts'

const lookup: Lookup<Customer> = (name) => {
  const field = customerFields[name]!
  return (customer) => comparable(field, field.of(customer))
}

/**
 * Who takes over a customer: the first rule that it fits decides, else the one who takes the rest. 422 at its place for a
 * rule by a field or value that there is not.
 */
export function receiverBy(ctx: Context, { rules = [], toUserId }: HandoverRequest): (customer: Customer) => string {
  const at = { me: callerOf(ctx), today: today(ctx), timeZone: ctx.tenant.timeZone }
  const judges = rules.map((rule, i) => ({
    fits: judgeRows(checkTree(customerFields, rule.where, at, ['rules', String(i), 'where']), lookup),
    toUserId: rule.toUserId,
  }))
  return (customer) => judges.find(({ fits }) => fits(customer) === yes)?.toUserId ?? toUserId
}
