import { isDeepStrictEqual } from 'node:util'
import { readTenant, type Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { commit, retryStale } from '../../store/commit.ts'
import { queryPage } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { allCustomers, customers } from './customer.table.ts'
import type { Customer } from './customer.ts'
import type { Dormancy } from './quiet.ts'

/** A page of a firm's customers whose dormancy is to be what the firm says now: what `watch-dormancy` is sent. */
interface DormancyRun {
  tenantId: string
  /** Goes on behind this customer. */
  after?: string | undefined
}

const atOnce = 100

/** When customers of a firm are dormant; undefined when it does not want to be told. */
const dormancyOf = ({ dormantDays: days, timeZone }: Pick<Tenant, 'dormantDays' | 'timeZone'>): Dormancy | undefined =>
  days === undefined ? undefined : { days, timeZone }

/** The same for who is created now, as part of its fields. */
export async function dormancyOfNew(ctx: Context): Promise<{ dormancy?: Dormancy }> {
  const dormancy = dormancyOf(await readTenant(ctx))
  return dormancy ? { dormancy } : {}
}

async function watch(ctx: Context, id: string, dormancy: Dormancy | undefined): Promise<void> {
  const customer = await find(ctx, customers, id, { consistent: true })
  if (!customer || isDeepStrictEqual(customer.dormancy, dormancy)) return
  const { dormancy: _former, ...rest } = customer
  await commit(ctx, [customers.replace(ctx, customer, dormancy ? { ...rest, dormancy } : rest)], [])
}

/**
 * Has customers find out when they are dormant by what the firm says now, a page at a time: firms that do not want to be told pay
 * nothing for the entries. Repeated it writes nothing; customers created since know it from the start.
 */
export async function watchDormancy(ctx: Context, tenant: Tenant, run: DormancyRun): Promise<void> {
  const dormancy = dormancyOf(tenant)
  const { items, more } = await queryPage(ctx, { index: 'gsi1', partition: allCustomers }, { limit: atOnce, after: run.after })
  const others = items.filter((item) => !isDeepStrictEqual((item as Customer).dormancy, dormancy))
  for (const item of others) await retryStale(() => watch(ctx, item.id as string, dormancy))
  const last = items.at(-1)?.gsi1sk as string | undefined
  if (more && last) await ctx.enqueue('watch-dormancy', [{ tenantId: run.tenantId, after: last }])
}
