import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { BlockWork } from '../domain/marketing/campaign/plan-later.ts'
import { noteDelivery } from '../domain/marketing/delivery/note-ses-news.ts'
import { blockPages } from '../domain/marketing/delivery/page.table.ts'
import { blockSize, deliveryTag } from '../domain/marketing/delivery/page.ts'
import { sendBlock } from '../domain/marketing/delivery/send-block.ts'
import { measure, type Spent } from '../domain/store/capacity.ts'
import { systemContext } from '../functions/runtime.ts'
import type { Launched } from './campaign-launch.ts'
import type { Progress } from './progress.ts'

/** SES, played by a process that takes everything. */
interface SesStub {
  /** What came so far, and which of these deliveries did. */
  told(deliveries?: string[]): Promise<{ calls: number; busiestSecond: number; taken: string[] }>
  stop(): void
}

/** Starts it and points the SES client of this process at it. */
export async function startSes(): Promise<SesStub> {
  const stub: ChildProcess = fork(new URL('./ses-stub.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [port] = (await once(stub, 'message')) as [number]
  Object.assign(process.env, { AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port}`, MAIL_SENDER: 'news@bench.example' })
  return {
    told: async (deliveries = []) => {
      stub.send(deliveries)
      const [told] = (await once(stub, 'message')) as [Awaited<ReturnType<SesStub['told']>>]
      return told
    },
    stop: () => void stub.kill(),
  }
}

/** A campaign that was mailed, with what it took of this process. */
export interface Mailed {
  sent: number
  spent: Spent
  /** CPU ms of each hundred mails, in their order. */
  cpuOfHundreds: number[]
  /** Resident memory after each hundred, in bytes. */
  memory: number[]
  /** Mails of which SES's answer was lost; its event said that they were taken. */
  inDoubt: number
}

/** What SES says of mails that it took while its answer was lost: the event that says so, as it would come by the bus. */
async function playEvents({ worker, campaign }: Launched, { block }: BlockWork, ses: SesStub): Promise<number> {
  const doubtful = [...(await blockPages(worker, campaign.id, block))].flatMap(([page, { slots }]) =>
    slots.flatMap(({ doubtSince, sentAt }, slot) => (doubtSince && !sentAt ? [deliveryTag(block, page, slot)] : [])),
  )
  const { taken } = await ses.told(doubtful)
  for (const delivery of taken) await noteDelivery(worker, { campaignId: campaign.id, delivery, at: worker.now() })
  return taken.length
}

const cpuNow = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Mails a campaign to the last of its blocks. What has to wait comes again when its time has come, as the queue would have it. */
export async function mailed(launched: Launched, ses: SesStub, progress: Progress): Promise<Mailed> {
  const sleep = async (milliseconds: number) => void (milliseconds > 0 && (await wait(milliseconds)))
  const sender = { system: systemContext(), account: 'bench', accountRate: async () => 1_000_000, sleep }
  const waiting = launched.queue.map((block) => ({ block, at: 0 }))
  const found = { sent: 0, cpuOfHundreds: [] as number[], memory: [process.memoryUsage().rss], inDoubt: 0 }
  const { spent } = await measure(async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { block, at } = next
      if (at > Date.now()) progress(`waiting: a block comes again in ${Math.ceil((at - Date.now()) / 1000)} s`)
      await sleep(at - Date.now())
      const before = cpuNow()
      const { sent, againIn } = await sendBlock(launched.worker, sender, block)
      found.sent += sent
      if (sent === blockSize) found.cpuOfHundreds.push(cpuNow() - before)
      found.memory.push(process.memoryUsage().rss)
      progress(
        `campaign: ${found.sent} of ${launched.queue.length * blockSize} mails sent, ${Math.round(found.memory.at(-1)! / 2 ** 20)} MiB`,
      )
      if (againIn === undefined) continue
      const settled = await playEvents(launched, block, ses)
      found.inDoubt += settled
      waiting.push({ block, at: Date.now() + (settled > 0 ? 0 : againIn * 1000) })
    }
  })
  return { ...found, spent }
}
