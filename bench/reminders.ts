import { knownUsers } from '../domain/identity/index.ts'
import type { Enqueue, OutgoingMail } from '../domain/kernel/context.ts'
import { type PersonDay, sendDigest } from '../domain/reminders/digest/send-digest.ts'
import { planDigests } from '../domain/reminders/tenant-schedule/plan-digests.ts'
import { startDigests, type TenantDay } from '../domain/reminders/tenant-schedule/start-digests.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import { bareContext, systemContext, tenantContext } from '../functions/runtime.ts'
import { type Findings, round, table } from './figures.ts'
import type { BenchTenant } from './fill.ts'

/** Eight o'clock on a Monday in Shanghai, where the tenants of the bench are. */
export const reminderDay = '2026-11-23'
const runTime = '2026-11-23T00:00:00Z'

interface Run {
  /** Finding out what is due, and for whom. */
  reading: { calls: number; units: number }
  /** SQS calls that hand out tenants and people. */
  queueing: number
  /** Claims, SES calls and marks. */
  mailing: number
  mails: number
}

/** P9: one reminder run of a tenant, from the schedule to the mails, with SES played by a stub. */
export async function reminderFindings(tenant: BenchTenant, duePerRep: number): Promise<Findings> {
  const due = duePerRep * tenant.reps.length
  const run = await runReminders(tenant)
  const perItem = round(run.reading.units / due, 3)
  const perThousand = Math.round((run.reading.calls / due) * 1000)
  const at = `${tenant.reps.length} x ${duePerRep} due of ${tenant.size.toLocaleString('en')} customers`
  return {
    figures: [
      {
        id: 'P9',
        what: `reminder run of ${at}: RRU per due item; reading calls per 1,000 due`,
        value: `${perItem}; ${perThousand}`,
        target: '0.5; 12',
        reach: '0.3',
        met: perItem <= 0.5 && perThousand <= 12,
        reason:
          'Each person mailed takes one Query of what is due and one BatchGet of the customers shown, half a unit for each of them, since the customer alone knows what is still open and whose it is. So the figure follows how many are due to one person. Several persons to a message would save 10 of 51 calls at 20 x 50: each keeps a Query of their own. What the entries could tell instead of the customer would be a moment old after a change of owner, and name it to whoever lost it.',
      },
    ],
    counts: {
      [`${tenant.size}: reminder run of ${tenant.reps.length} x ${duePerRep}: reading calls`]: run.reading.calls,
      [`${tenant.size}: reminder run of ${tenant.reps.length} x ${duePerRep}: read units`]: run.reading.units,
      [`${tenant.size}: reminder run of ${tenant.reps.length} x ${duePerRep}: queue calls`]: run.queueing,
    },
    details: [
      `### Reminder run of ${at}\n\n${table(
        ['', 'calls', 'RRU'],
        [
          ['reading', run.reading.calls, run.reading.units],
          ['queueing (SQS)', run.queueing, ''],
          [`claim, SES and mark of ${run.mails} mails`, run.mailing, ''],
        ],
      )}`,
    ],
  }
}

async function runReminders(tenant: BenchTenant): Promise<Run> {
  const sent = new Map<string, unknown[]>()
  let queueing = 0
  const enqueue: Enqueue = async (queue, messages) => {
    queueing += Math.ceil(messages.length / 10)
    sent.set(queue, [...(sent.get(queue) ?? []), ...messages])
  }
  const mails: OutgoingMail[] = []
  const mail = async (message: OutgoingMail) => `message-${mails.push(message)}`
  const spent: Spent[] = []
  const measured = async (work: () => Promise<unknown>) => spent.push((await measure(work)).spent)
  const system = systemContext({ enqueue })

  // What is kept for 30 seconds is read first, or the counts would depend on the clock.
  await knownUsers(await tenantContext(tenant.id))
  await measured(() => startDigests(system, runTime))
  const day = (sent.get('plan-digests') as TenantDay[]).find(({ tenantId }) => tenantId === tenant.id)!
  await measured(() => planDigests(bareContext(tenant.id, undefined, undefined, { enqueue }), system, day))
  for (const person of sent.get('send-digest') as (PersonDay & { tenantId: string })[])
    await measured(async () => sendDigest(await tenantContext(tenant.id, undefined, undefined, { mail, enqueue }), person))

  const isRead = (name: string) => /^(Get|Query|BatchGet)/.test(name)
  const calls = (wanted: boolean) =>
    spent
      .flatMap(({ byCommand }) => Object.entries(byCommand))
      .reduce((sum, [name, count]) => sum + (isRead(name) === wanted ? count : 0), 0)
  return {
    reading: { calls: calls(true), units: spent.reduce((sum, { readUnits }) => sum + readUnits, 0) },
    queueing,
    mailing: calls(false) + mails.length,
    mails: mails.length,
  }
}
