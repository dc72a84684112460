import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Launched, launchedTo } from '../../bench/campaign-launch.ts'
import type { BlockWork } from '../../domain/marketing/campaign/plan-later.ts'
import { campaignStats } from '../../domain/marketing/delivery/campaign-stats.ts'
import { noteDelivery } from '../../domain/marketing/delivery/note-ses-news.ts'
import type { BlockOutcome } from '../../domain/marketing/delivery/send-block.ts'
import type { Asked } from './campaign-process.ts'
import { startCountingSes } from './counting-ses.ts'
import type { MemoryFiles } from './files.ts'

/** Whether SES's events come with the mails, ten minutes late, or never. */
type Events = 'on' | 'late' | 'off'

interface Experiment {
  mails: number
  /** How many worker processes are killed. */
  kills: number
  events: Events
  random: () => number
}

const processes = 2
/** No more is passed over at a time, so that what SES tells late comes before who waits for it gives up. */
const longestPause = 60_000
/** A killed process leaves its message on the queue for so long: three minutes, so that its lease has run out. */
const backAfterSeconds = 180

/** Time as the experiment has it: where nothing happens it is passed over. */
interface Clock {
  ahead: number
  now(): number
}

/** A mail that SES took, for the first time. */
interface Taken {
  delivery: string
  at: number
}

/** How long after a mail SES tells of it, in milliseconds. */
const toldAfter: Record<Events, number> = { on: 0, late: 10 * 60_000, off: Infinity }

/**
 * Sends a campaign by worker processes of which some are killed with SIGKILL, at random moments: half of them while SES has a mail and
 * nobody has heard of it. Who waits for a lease or for SES's word waits no real time.
 */
export async function mailedByKilledProcesses({ mails, kills, events, random }: Experiment) {
  const launched = await launchedTo(mails, () => {}, `killed-${randomUUID()}`)
  const clock: Clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  const workers = new Set<ChildProcess>()
  const moments = Array.from({ length: kills }, () => 1 + Math.floor(random() * mails * 0.9)).sort((a, b) => a - b)
  const taken: Taken[] = []
  let killed = 0
  const kill = (): void => {
    const alive = [...workers].filter((worker) => worker.connected && !worker.killed)
    if (alive[Math.floor(random() * alive.length)]?.kill('SIGKILL')) killed += 1
    else setTimeout(kill, 20)
  }
  const ses = await startCountingSes((delivery, calls) => {
    if (ses.copies.get(delivery) === 1) taken.push({ delivery, at: clock.now() })
    for (; moments[0] !== undefined && moments[0] <= calls; moments.shift()) {
      if (random() < 0.5) kill()
      else setTimeout(kill, random() * 30)
    }
  })
  try {
    const again = await sendAll(launched, workers, clock, tellerOf(launched, taken, clock, toldAfter[events]))
    const { status, sent, skipped } = await campaignStats(launched.worker, launched.campaign)
    const copies = ses.calls() - ses.copies.size
    return { killed, copies, again, lost: mails - ses.copies.size, status, sent, unknown: (skipped as { unknown: number }).unknown }
  } finally {
    for (const worker of workers) worker.kill()
    ses.stop()
  }
}

/** Tells, as SES's events do, of the mails whose time has come. */
function tellerOf({ worker, campaign }: Launched, taken: readonly Taken[], clock: Clock, after: number): () => Promise<void> {
  let told = 0
  return async () => {
    for (let next = taken[told]; next && next.at + after <= clock.now(); next = taken[told]) {
      told += 1
      await noteDelivery(worker, { campaignId: campaign.id, delivery: next.delivery, at: new Date(clock.now()).toISOString() })
    }
  }
}

interface Waiting {
  work: BlockWork
  at: number
}

/** Gives the blocks to the processes until none is left. Answers how many mails were sent a second time, as the workers count it. */
async function sendAll({ worker: { files }, queue }: Launched, workers: Set<ChildProcess>, clock: Clock, tell: () => Promise<void>) {
  const [audience] = [...(files as MemoryFiles).contents].map(([key, text]): Asked['audience'] => [key, String(text)])
  const waiting: Waiting[] = queue.map((work) => ({ work, at: 0 }))
  let [inHand, again] = [0, 0]
  const passTime = async () => {
    const until = Math.min(...waiting.map(({ at }) => at))
    clock.ahead += Math.max(0, Math.min(until - clock.now(), longestPause))
    await tell()
  }
  const work = async () => {
    let worker = startProcess(workers)
    while (waiting.length > 0 || inHand > 0) {
      const place = waiting.findIndex(({ at }) => at <= clock.now())
      if (place < 0) {
        if (inHand === 0) await passTime()
        await wait(5)
        continue
      }
      const [next] = waiting.splice(place, 1) as [Waiting]
      inHand += 1
      const outcome = await answerOf(worker, { work: next.work, ahead: clock.ahead, audience: audience! })
      if (outcome === 'killed') worker = startProcess(workers)
      else again += outcome.again
      const waits = outcome === 'killed' ? backAfterSeconds : outcome.againIn
      if (waits !== undefined) waiting.push({ work: next.work, at: clock.now() + waits * 1000 })
      inHand -= 1
      await tell()
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
  return again
}

function startProcess(workers: Set<ChildProcess>): ChildProcess {
  const started = fork(new URL('./campaign-process.ts', import.meta.url), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  workers.add(started)
  started.once('exit', () => workers.delete(started))
  return started
}

/** What came of a block, or that the process died over it. */
async function answerOf(worker: ChildProcess, asked: Asked): Promise<BlockOutcome | 'killed'> {
  if (!worker.connected || worker.killed) return 'killed'
  return new Promise((resolve) => {
    const died = () => resolve('killed')
    worker.once('exit', died)
    worker.once('message', (outcome: BlockOutcome) => {
      worker.off('exit', died)
      resolve(outcome)
    })
    worker.send(asked, (error) => error && died())
  })
}
