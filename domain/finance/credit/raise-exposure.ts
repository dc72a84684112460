import { readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { minor } from '../../kernel/money.ts'
import { type Customer, creditKey, partitionsOf } from '../../parties/index.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { exactly, type Numbers, type TallyLimit } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { changeCommitment, commitmentKey, commitmentOf, orderedBy } from './commitment.ts'
import { changeCredit, figuresOf, maturedBills, readCreditItems, summedFigures } from './credit-item.ts'
import { type CreditVerdict, judgeCredit } from './verdict.ts'

interface Raise {
  customer: Customer
  /** The order or direct shipment. */
  of: string
  /** Minor units of the books' currency; below zero when an order is amended, cancelled or closed. */
  by: number
  /** `check` obeys the tenant's policy, `report` only says what is over (a manager confirms), `skip` asks nothing (prepaid). */
  policy: 'check' | 'report' | 'skip'
}

/** The customer's credit limit, else the tenant's; null: none. Both are in the currency of the books: others are refused where they are set. */
export function limitOf(customer: Pick<Customer, 'creditLimit'>, tenant: Pick<Tenant, 'creditLimit' | 'currency'>): number | null {
  const own = customer.creditLimit?.currency === tenant.currency ? customer.creditLimit : undefined
  const limit = own ?? tenant.creditLimit
  return limit ? minor(limit) : null
}

/** What is read to raise the exposure of an order or shipment, as far as its id tells. */
export const exposureKeys = (of: string): ItemKey[] => [creditKey(of), commitmentKey(of)]

/**
 * Raises or lowers what an order or direct shipment adds to its customer's exposure: the writes belong into its commit. A check
 * that passes under the policy `block` holds for the moment of the commit: of two orders at once that fit only one by one, the
 * other is run again. Blocked: the verdict says so and there are no writes.
 */
export async function raiseExposure(
  ctx: Context,
  { customer, of, by, policy }: Raise,
): Promise<{ writes: Write[]; verdict: CreditVerdict }> {
  const [tenant, { items, others }] = await Promise.all([readTenant(ctx), readCreditItems(ctx, customer, [commitmentKey(of)])])
  const commitment = commitmentOf(others[0]!)
  const ordered = orderedBy(commitment, { total: by })
  const day = today(ctx)
  const { exposure, matured } = summedFigures(items.map((numbers) => figuresOf(numbers, day)))
  const limit = policy === 'skip' ? null : limitOf(customer, tenant)
  const isBinding = policy === 'check' && tenant.creditPolicy === 'block'
  const verdict = judgeCredit({ limit, exposure: exposure - matured, by: ordered, policy: isBinding ? 'block' : 'warn' })
  if (verdict.blocked) return { writes: [], verdict }
  const homes = partitionsOf(customer)
  // It counts where the order lies, which may be the partition of a customer that was merged into this one.
  const at = homes.findIndex((home) => partitionOf(home) === partitionOf(of))
  const holds = isBinding && limit !== null && ordered > 0 ? holdingTo(items, at, limit, day) : items.map(() => [])
  const credit = homes.map((home, i) => changeCredit(home, i === at ? { ordered } : {}, holds[i]))
  return { writes: [changeCommitment(of, commitment, { total: by }), ...credit], verdict }
}

/** The limits of each credit item that keep the sum below the customer's: the one at a place may grow to what the others leave of it as they were read. */
function holdingTo(items: Numbers[], at: number, limit: number, day: string): TallyLimit[][] {
  const stale = () => new StaleWrite()
  const matured = items.map((numbers) => maturedBills(numbers, day).map(([name, amount]) => exactly(name, amount)))
  const net = items.map((numbers) => figuresOf(numbers, day)).map(({ exposure, matured: paid }) => ({ exposure, net: exposure - paid }))
  const ofOthers = net.reduce((sum, one, i) => (i === at ? sum : sum + one.net), 0)
  const own = figuresOf(items[at]!, day).matured
  return items.map((_, i) => {
    const most = i === at ? limit + own - ofOthers : net[i]!.exposure
    return [{ of: 'exposure', most, broken: stale }, ...matured[i]!]
  })
}
