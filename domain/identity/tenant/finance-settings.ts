import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Money, NonNegativeMoney } from '../../kernel/money.ts'

/** What happens to an order that would go over its customer's credit limit: it is said, or the order waits for a manager. */
const creditPolicies = ['warn', 'block'] as const

/** Settings of the books. Amounts are in the currency of the tenant. */
const financeSettings = {
  closedThrough: BusinessDate.meta({
    description: 'The books are closed up to and with this day: nothing is posted there any more (关账).',
  }),
  tolerance: NonNegativeMoney.meta({ description: 'The largest difference that may be deducted as rounding; null: any.' }),
  creditPolicy: z
    .enum(creditPolicies)
    .meta({ description: 'Whether an order over the credit limit is only warned of, or waits for a manager.' }),
  creditLimit: NonNegativeMoney.meta({ description: 'The credit limit of customers without an own one; null: no check. 0 is cash only.' }),
}

const { creditPolicy, ...nullable } = financeSettings

/** As `/v1/tenant` shows them. */
export const shownFinanceSettings = {
  closedThrough: nullable.closedThrough.nullable().default(null),
  tolerance: nullable.tolerance.nullable().default(null),
  creditLimit: nullable.creditLimit.nullable().default(null),
  creditPolicy: creditPolicy.default('warn'),
}

/** As they are changed; null goes back to the default. */
export const changedFinanceSettings = {
  closedThrough: nullable.closedThrough.nullish(),
  tolerance: nullable.tolerance.nullish(),
  creditLimit: nullable.creditLimit.nullish(),
  creditPolicy: creditPolicy.nullish(),
}

/** As they are stored. */
export const storedFinanceSettings = {
  closedThrough: nullable.closedThrough.optional(),
  tolerance: nullable.tolerance.optional(),
  creditLimit: nullable.creditLimit.optional(),
  creditPolicy: creditPolicy.optional(),
}

interface Settings {
  currency: string
  closedThrough?: string | undefined
  tolerance?: Money | undefined
  creditLimit?: Money | undefined
}

/** 422 `period.in-future` for books closed beyond today, `money.currency-mismatch` for an amount in another currency than the books'. */
export function requireFinanceSettings(tenant: Settings, today: string): void {
  if (tenant.closedThrough && tenant.closedThrough > today)
    throw invalid('period.in-future', '/closedThrough', 'Only days that have begun can be closed.')
  for (const name of ['tolerance', 'creditLimit'] as const)
    if (tenant[name] && tenant[name].currency !== tenant.currency)
      throw invalid('money.currency-mismatch', `/${name}`, `This is an amount in ${tenant.currency}, the currency of the firm.`)
}
