import { campaignStats } from '../domain/marketing/delivery/campaign-stats.ts'
import { noteDelivery } from '../domain/marketing/delivery/note-ses-news.ts'
import { measure } from '../domain/store/capacity.ts'
import { assumptions, campaignCost, type Taken } from './campaign-cost.ts'
import { type Launched, launchedTo, quotaPerSecond } from './campaign-launch.ts'
import { type Mailed, mailed, startSes } from './campaign-mailing.ts'
import { type Findings, percentile, round, table } from './figures.ts'
import type { Progress } from './progress.ts'

/** So many events are noted for the CPU of one. */
const someEvents = 200
/** So many hundreds are mailed before CPU is counted: V8 compiles meanwhile, which is nothing beside 100,000 mails. */
const warmUp = 10

/** P11: one campaign from its launch to the last mail that SES took, with SES played by a process that takes everything. */
export async function campaignFindings(progress: Progress, recipients: number): Promise<Findings> {
  const ses = await startSes()
  try {
    const launched = await launchedTo(recipients, progress)
    const run = await mailed(launched, ses, progress)
    const { calls, busiestSecond } = await ses.told()
    if (calls !== recipients) throw new Error(`SES was called ${calls} times for ${recipients} mails.`)
    const event = await notedEvent(launched)
    const stats = await measure(() => campaignStats(launched.worker, launched.campaign))
    if (stats.result.sent !== recipients || run.sent + run.inDoubt !== recipients)
      throw new Error(`Of ${recipients} mails ${run.sent} were sent, ${stats.result.sent} are on record.`)
    return findings(recipients, { launched, run, event, busiestSecond, statsReads: stats.spent.readUnits })
  } finally {
    ses.stop()
  }
}

/** What one event of SES takes. */
async function notedEvent({ worker, campaign }: Launched): Promise<Taken> {
  const at = new Date().toISOString()
  const before = process.cpuUsage()
  const { spent } = await measure(async () => {
    for (let i = 0; i < someEvents; i++) {
      const delivery = `${Math.floor(i / 100)}-${Math.floor(i / 10) % 10}-${i % 10}`
      await noteDelivery(worker, { campaignId: campaign.id, delivery, at, fact: 'd' })
    }
  })
  const { user, system } = process.cpuUsage(before)
  return { spent: each(spent, someEvents), cpu: (user + system) / 1000 / someEvents }
}

/** What one of so many takes. */
const each = ({ readUnits, writeUnits, calls }: Taken['spent'], count: number): Taken['spent'] => ({
  readUnits: readUnits / count,
  writeUnits: writeUnits / count,
  calls: calls / count,
})

interface Measured {
  launched: Launched
  run: Mailed
  event: Taken
  busiestSecond: number
  statsReads: number
}

/** What a mail takes, from the launch on; and its CPU hundred by hundred once it is warm. */
function perMail(recipients: number, { planning }: Launched, run: Mailed): Taken & { warm: number[] } {
  const sum = (unit: 'readUnits' | 'writeUnits' | 'calls') => planning[unit] + run.spent[unit]
  const spent = each({ readUnits: sum('readUnits'), writeUnits: sum('writeUnits'), calls: sum('calls') }, recipients)
  const warm = run.cpuOfHundreds.slice(warmUp).map((cpu) => cpu / 100)
  return { spent, warm, cpu: warm.reduce((all, one) => all + one, 0) / warm.length }
}

function findings(recipients: number, { launched, run, event, busiestSecond, statsReads }: Measured): Findings {
  const { spent, warm, cpu } = perMail(recipients, launched, run)
  const cost = campaignCost({ spent, cpu }, event)
  const of = `campaign of ${recipients.toLocaleString('en')}`
  const withEvent = spent.writeUnits + event.spent.writeUnits
  const queueSends = launched.queueCalls / recipients
  return {
    figures: [
      {
        id: 'P11',
        what: `${of}, per recipient: WRU up to acceptance / with one SES event, SES calls, SQS sends; CPU ms per mail`,
        value: `${round(spent.writeUnits)} / ${round(withEvent)}, 1, ${round(queueSends, 4)}; ${round(cpu, 1)}`,
        target: '2.0 / 3.2, 1, 0.1; 3',
        reach: '2.0 / 3.0; 2',
        met: spent.writeUnits <= 2 && withEvent <= 3.2 && queueSends <= 0.1 && cpu <= 3,
        reason:
          'A mail takes two calls of the SDK, its mark and SES, each serialised, signed and parsed, which together are most of the CPU; under the load of other work it doubles.',
        note: `From the launch to the mark of the last mail, turns, counting and the snapshot included; CPU of the worker alone, with the SES client, on a process that takes every mail, after ${warmUp * 100} mails to warm up. Of its hundreds the quietest tenth took at most ${round(percentile(warm, 0.1), 1)} ms a mail, half of them ${round(percentile(warm, 0.5), 1)}.`,
      },
      {
        id: 'P11',
        what: `${of}: most mails in any second under a quota of ${quotaPerSecond}; infrastructure as a share of the SES fee`,
        value: `${busiestSecond}; ${round(cost.share * 100, 1)} %`,
        target: `${quotaPerSecond}; 3 %`,
        reach: '',
        met: busiestSecond <= quotaPerSecond && cost.share <= 0.03,
        note: assumptions,
      },
    ],
    counts: {
      [`${of}: write units per 1,000`]: round(spent.writeUnits * 1000, 0),
      [`${of}: read units per 1,000`]: round(spent.readUnits * 1000, 0),
    },
    details: [details(of, { spent, event, withEvent, statsReads: statsReads / recipients, cost }, run)],
  }
}

interface Detailed {
  spent: Taken['spent']
  event: Taken
  withEvent: number
  statsReads: number
  cost: ReturnType<typeof campaignCost>
}

function details(of: string, { spent, event, withEvent, statsReads, cost }: Detailed, { memory, inDoubt }: Mailed): string {
  const rows: [string, number][] = [
    ['WRU up to acceptance', round(spent.writeUnits, 3)],
    ['WRU with one event of SES', round(withEvent, 3)],
    ['RRU', round(spent.readUnits, 2)],
    ['calls of DynamoDB', round(spent.calls, 2)],
    ['CPU ms of the event', round(event.cpu, 2)],
    ['RRU of its statistics', round(statsReads, 4)],
    ['USD for a million, one event each', round(cost.usd, 2)],
    ['SQS beside it, which the price model leaves out', round(cost.sqs, 2)],
  ]
  const at = (share: number) => Math.round(memory[Math.floor(share * (memory.length - 1))]! / 2 ** 20)
  const along = `Memory of the worker after a tenth, half way and at the end: ${[0.1, 0.5, 1].map(at).join(', ')} MiB.`
  const doubt = `Mails of which SES's answer was lost, and which its event settled: ${inDoubt}.`
  return `### ${of[0]!.toUpperCase()}${of.slice(1)}\n\n${table(['', 'per recipient'], rows)}\n\n${along} ${doubt}`
}
