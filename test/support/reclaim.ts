import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { addDays, localDate } from '../../domain/kernel/dates.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import { customers } from '../../domain/parties/customer/customer.table.ts'
import type { Customer } from '../../domain/parties/customer/customer.ts'
import { reclaimCustomers } from '../../domain/parties/ownership/reclaim-customers.ts'
import { type ReclaimRun, startReclaims } from '../../domain/parties/ownership/start-reclaims.ts'
import { watchCustomers } from '../../domain/parties/ownership/watch-customers.ts'
import { runningBusiness } from '../../domain/sales/running-business.ts'
import { retryStale } from '../../domain/store/commit.ts'
import { dueKey } from '../../domain/store/entity-definition.ts'
import { queryAll } from '../../domain/store/query.ts'
import { findMany, get } from '../../domain/store/read.ts'
import { systemActor, systemContext, tenantContext } from '../../functions/runtime.ts'
import { firmName } from './firm-names.ts'
import { type setPoolRules, tenantWithPool } from './pool.ts'
import type { TestTenant } from './tenant.ts'

export const today = localDate(new Date().toISOString(), 'Asia/Shanghai')
export const inDays = (days: number) => addDays(today, days)
export const rules = { warnDays: 3, levels: { small: { noContactDays: 10 } } }

/** Runs a day's reclaim as its schedule and its queue do, page by page; answers the parts that it took. */
export async function reclaimOn(tenant: TestTenant, day: string, as: (ctx: Context) => Context = (ctx) => ctx): Promise<string[]> {
  const queue: ReclaimRun[] = []
  const enqueue = async (_queue: string, messages: unknown[]) =>
    void queue.push(...(messages as ReclaimRun[]).filter(({ tenantId }) => tenantId === tenant.id))
  await startReclaims(systemContext({ enqueue }), `${day}T01:00:00.000Z`)
  const ctx = as(await tenantContext(tenant.id, systemActor, undefined, { enqueue }))
  const parts: string[] = []
  for (let run = queue.shift(); run; run = queue.shift()) {
    const { part } = run
    parts.push(part)
    if (part === 'watch') await watchCustomers(ctx, systemContext(), run)
    else await reclaimCustomers(ctx, { ...run, part }, runningBusiness)
  }
  return parts
}

/** A firm with rules of reclaim, and a rep of it. */
export async function reclaimWorld(poolRules = rules as Parameters<typeof setPoolRules>[1]) {
  const tenant = await tenantWithPool(poolRules)
  const rep = await tenant.user('rep')
  const [ctx, admin] = await Promise.all([tenant.as(rep), tenant.as(tenant.admin)])
  const create = (more: object = {}, as = ctx) => retryStale(() => createCustomer(as, { name: firmName(), level: 'small', ...more }))
  const read = (id: string) => get(admin, customers, id, { consistent: true })
  const owners = async (ids: string[]) => {
    const found = await findMany(
      admin,
      ids.map((id) => ({ entity: customers, id })),
      { consistent: true },
    )
    return ids.map((id) => (found.get(id) as Customer).ownerId)
  }
  return { tenant, rep, ctx, admin, create, read, owners }
}

/** When a user is warned of reclaims. */
export const reclaimsDueTo = async (ctx: Context, user: User) =>
  (await queryAll(ctx, { partition: dueKey({ owner: user.id, on: '', kind: '', id: '' }).pk })).filter((item) => item.kind === 'reclaim')
