import { expect, test } from 'vitest'
import { chunksOf } from '../../domain/kernel/chunks.ts'
import { addDays, localTime, startOfLocalDay } from '../../domain/kernel/dates.ts'
import { startDigests, type TenantDay } from '../../domain/reminders/tenant-schedule/start-digests.ts'
import { systemContext } from '../../functions/runtime.ts'
import { customerDue, remindersOf } from '../support/reminders.ts'
import { experiment, randomOf, seed, tries } from '../support/share.ts'
import { newTenant } from '../support/tenant.ts'

/** Zones by the hour their people are reminded at: where clocks are changed, the one that is left out or comes twice. */
const hourOf: Record<string, number> = {
  'Australia/Lord_Howe': 2,
  'Australia/Sydney': 2,
  'Pacific/Auckland': 2,
  'Pacific/Chatham': 3,
  'America/New_York': 2,
  'America/St_Johns': 2,
  'America/Santiago': 0,
  'Africa/Cairo': 0,
  'Europe/Berlin': 2,
  'Atlantic/Azores': 0,
  'Asia/Kathmandu': 6,
  'Asia/Kolkata': 9,
}

/** 29 February, and the days on which clocks are changed: in America, Europe, Australia and New Zealand, Egypt, Chile. */
const special = ['02-29', '03-12', '03-26', '04-02', '04-28', '09-03', '09-24', '10-01', '10-27', '10-29', '11-05'].map(
  (day) => `2028-${day}`,
)
const days = {
  test: () => special.slice(0, 10),
  faults: () => special.slice(0, 10).flatMap((day) => [-2, -1, 0, 1].map((by) => addDays(day, by))),
  nightly: () => Array.from({ length: 400 }, (_, i) => addDays('2027-12-01', i)),
}[process.env.FAULTS === 'nightly' ? 'nightly' : process.env.FAULTS === 'faults' ? 'faults' : 'test']()

const random = randomOf(seed)
const zones = Object.keys(hourOf)
  .sort(() => random() - 0.5)
  .slice(0, tries({ test: 2, faults: 12, nightly: 12 }))

/** A firm in a zone with somebody who has to call a customer on each of the days. */
async function firmIn(timeZone: string) {
  const tenant = await newTenant({ timeZone, reminderHour: hourOf[timeZone]!, locale: 'en' })
  const rep = await tenant.user('rep')
  for (const ten of chunksOf([...days], 10)) await customerDue(tenant, rep, ten)
  const reminders = await remindersOf(tenant)
  const run = async (time: string, started: TenantDay) => {
    reminders.clock.set(time)
    for (const person of await reminders.plan(started)) await reminders.send(person)
  }
  return { tenant, rep, timeZone, ses: reminders.ses, run }
}

/** The hours of UTC in a local day around the one that people are reminded at; later ones only find that all is done. */
function runsOf(day: string, timeZone: string): string[] {
  const first = Date.parse(startOfLocalDay(day, timeZone))
  const hours = Array.from({ length: 27 }, (_, i) => new Date(Math.floor(first / 3_600_000) * 3_600_000 + i * 3_600_000).toISOString())
  return hours.filter((time) => {
    const { date, hour } = localTime(time, timeZone)
    return date === day && hour >= hourOf[timeZone]! - 1 && hour <= hourOf[timeZone]! + 3
  })
}

test(
  experiment(
    'R12',
    `of ${days.length} days in ${zones.length} zones, with changes of clocks, 29 February and runs that fail or come twice, each is reminded of once, in itself`,
    days.length * zones.length,
  ),
  async () => {
    const firms = await Promise.all(zones.map(async (zone) => ({ ...(await firmIn(zone)), told: [] as string[] })))
    const missed = new Set<string>()
    const runs = new Set(zones.flatMap((zone) => days.flatMap((day) => runsOf(day, zone))))

    for (const time of [...runs].sort()) {
      // The first run of some hour is missed now and then, never two in a row; another one comes twice.
      if (random() < 0.1 && !missed.has(new Date(Date.parse(time) - 3_600_000).toISOString())) {
        missed.add(time)
        continue
      }
      for (let times = random() < 0.2 ? 2 : 1; times > 0; times--) {
        const started: TenantDay[] = []
        const enqueue = async (_queue: string, messages: unknown[]) => void started.push(...(messages as TenantDay[]))
        await startDigests({ ...systemContext(), enqueue }, time)
        for (const firm of firms)
          for (const one of started.filter(({ tenantId }) => tenantId === firm.tenant.id)) {
            const [before, { date }] = [firm.ses.taken.length, localTime(time, firm.timeZone)]
            await firm.run(time, one)
            const mails = firm.ses.taken.slice(before).filter(({ to }) => to === firm.rep.email)
            firm.told.push(...mails.map(() => date))
            // Days between those are met too, while other zones are looked after: they have what is left over.
            if (days.includes(date))
              for (const { text } of mails) expect(text, `${firm.timeZone} at ${time}`).toContain(`Call on ${date}\n`)
          }
      }
    }

    for (const { timeZone, told } of firms) {
      expect(told.length, `${timeZone}: a day comes twice`).toBe(new Set(told).size)
      expect(told, timeZone).toEqual(expect.arrayContaining(days))
    }
  },
)
