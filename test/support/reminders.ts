import { readTenant } from '../../domain/identity/index.ts'
import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import type { CreateCustomer, Customer } from '../../domain/parties/customer/customer.ts'
import { createFollowUp } from '../../domain/parties/follow-up/change-follow-up.ts'
import { type PersonDay, sendDigest } from '../../domain/reminders/digest/send-digest.ts'
import { planDigests } from '../../domain/reminders/tenant-schedule/plan-digests.ts'
import { startDigests, type TenantDay } from '../../domain/reminders/tenant-schedule/start-digests.ts'
import { retryStale } from '../../domain/store/commit.ts'
import { systemActor, systemContext } from '../../functions/runtime.ts'
import { firmName } from './firm-names.ts'
import { fakeClock, fakeSes, withMail } from './mail.ts'
import type { TestTenant } from './tenant.ts'

const baseUrl = 'https://crm.example.com'

/** The reminders of one tenant, run by hand: the hourly job, the fan-out and each person's mail, with a clock and a mailbox. */
export async function remindersOf(tenant: TestTenant, now = '2026-11-20T00:00:00.000Z') {
  const clock = fakeClock(now)
  const ses = fakeSes()
  const asSystem = async (): Promise<Context> => {
    const ctx = withMail(await tenant.as(tenant.admin), clock, ses)
    const { name, timeZone, locale } = await readTenant(ctx)
    return { ...ctx, tenant: { ...ctx.tenant, name, timeZone, locale }, actor: systemActor, publicUrl: baseUrl }
  }
  /** The tenant's days that a run at `time` starts. Other tenants of the table are passed over. */
  const start = async (time: string): Promise<TenantDay[]> => {
    const started: TenantDay[] = []
    const enqueue = async (_queue: string, messages: unknown[]) => {
      started.push(...(messages as TenantDay[]).filter(({ tenantId }) => tenantId === tenant.id))
    }
    await startDigests({ ...systemContext(), enqueue }, time)
    return started
  }
  const plan = async (day: TenantDay): Promise<PersonDay[]> => {
    const people: PersonDay[] = []
    const enqueue = async (queue: string, messages: unknown[]) => {
      if (queue === 'send-digest') people.push(...(messages as PersonDay[]))
    }
    await planDigests({ ...(await asSystem()), enqueue }, systemContext(), day)
    return people
  }
  const send = async (message: PersonDay) => sendDigest(await asSystem(), message)
  /** The whole of a run; answers the mails it brought, by address. */
  const run = async (time: string) => {
    const before = ses.taken.length
    for (const day of await start(time)) for (const person of await plan(day)) await send(person)
    return new Map(ses.taken.slice(before).map((mail) => [mail.to, mail]))
  }
  return { clock, ses, start, plan, send, run, asSystem }
}

/** A customer of `owner` with one follow-up per date. */
export async function customerDue(
  tenant: TestTenant,
  owner: User,
  dates: string[],
  more: Partial<typeof CreateCustomer._output> = {},
): Promise<Customer> {
  const ctx = await tenant.as(owner)
  const customer = await retryStale(() => createCustomer(ctx, { name: firmName(), ...more }))
  for (const dueOn of dates) await createFollowUp(ctx, { customerId: customer.id, dueOn, subject: `Call on ${dueOn}` })
  return customer
}
