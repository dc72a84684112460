import * as z from 'zod'
import { hiddenFields, readTenant, withoutHidden } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Money, money } from '../../kernel/money.ts'
import { type Customer, CustomerId, creditKey } from '../../parties/index.ts'
import { readAlong } from '../../store/read-along.ts'
import { customerOfBooks } from '../access.ts'
import { openReceivablesOf, overdueOf } from '../ledger/read-open.ts'
import { overdueFlags } from './check-dispatch.ts'
import { figuresOf, readCreditItems, summedFigures } from './credit-item.ts'
import { limitOf } from './raise-exposure.ts'
import { creditFlags, judgeCredit } from './verdict.ts'

/** The credit of a customer, in the currency of the books. */
export const Credit = z
  .object({
    customerId: CustomerId,
    currency: z.string(),
    limit: Money.nullable().meta({
      description: 'Own limit, else that of the firm; 0: cash only, null: none, or your role does not see it.',
    }),
    exposure: Money.meta({ description: 'receivable − unallocated + ordered + bills.' }),
    available: Money.nullable().meta({ description: 'Limit less exposure, below zero when exceeded; null as limit is.' }),
    receivable: Money.meta({ description: 'Open receivables.' }),
    unallocated: Money.meta({ description: 'Receipts and credit notes that are not used up.' }),
    ordered: Money.meta({ description: 'Of confirmed orders what is not yet owed.' }),
    bills: Money.meta({ description: 'Acceptance bills that have not matured: they count until then.' }),
    overdue: z.object({ amount: Money, count: z.int(), oldestDays: z.int() }),
    flags: z.array(z.enum(creditFlags)).meta({ description: 'Which limits are exceeded.' }),
  })
  .meta({ id: 'Credit' })
export type Credit = z.output<typeof Credit>

/** What a customer's credit comes to today. 404 for a customer out of sight. Two calls. */
export async function readCredit(ctx: Context, { id }: { id: string }): Promise<Credit> {
  const along = readAlong(ctx, [creditKey(id)])
  return creditOf(along, await customerOfBooks(along, id, { consistent: true }))
}

/** The same of a customer that was read already. Two calls at the most. */
export async function creditOf(ctx: Context, customer: Customer): Promise<Credit> {
  const tenant = await readTenant(ctx)
  const day = today(ctx)
  const [{ items }, open] = await Promise.all([readCreditItems(ctx, customer), openReceivablesOf(ctx, customer)])
  const figures = summedFigures(items.map((numbers) => figuresOf(numbers, day)))
  const hidden = hiddenFields(ctx.actor, 'customer')
  const limit = hidden.includes('creditLimit') ? null : limitOf(customer, tenant)
  const verdict = judgeCredit({ limit, exposure: figures.exposure - figures.matured, by: 0, policy: 'warn' })
  const overdue = overdueOf(open, day)
  const { currency } = tenant
  const isOver = limit !== null && verdict.exposure > limit
  return {
    customerId: customer.id,
    currency,
    limit: limit === null ? null : money(limit, currency),
    exposure: money(verdict.exposure, currency),
    available: verdict.available === null ? null : money(verdict.available, currency),
    receivable: money(figures.receivable, currency),
    unallocated: money(figures.unallocated, currency),
    ordered: money(figures.ordered, currency),
    bills: money(figures.bills - figures.matured, currency),
    overdue: { amount: money(overdue.base, currency), count: overdue.count, oldestDays: overdue.oldestDays },
    flags: [
      ...(isOver ? (['over-limit'] as const) : []),
      ...overdueFlags(withoutHidden(ctx.actor, 'customer', customer), overdue, currency),
    ],
  }
}
