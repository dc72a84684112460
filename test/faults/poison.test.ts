import { SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { redrive } from '../../functions/commands/redrive.ts'
import { type Consumer, consumers } from '../../functions/manifest.ts'
import { deadLetterQueue } from '../../local/aws/queues.ts'
import { atWork, goodNews, startMachine } from '../support/consumers-at-work.ts'
import { customerOf } from '../support/parties.ts'
import { experiment, randomOf, seed, tries } from '../support/share.ts'
import { newTenant } from '../support/tenant.ts'

type News = Record<string, unknown>
const spoiledDetail = (news: News, more: object) => JSON.stringify({ ...news, detail: { ...(news.detail as object), ...more } })

/** Messages that no consumer can take: what is wrong with them, and how they are made of good ones. */
const poisons: Record<string, (news: News) => string> = {
  'no JSON': (news) => JSON.stringify(news).slice(0, -3),
  'no event': () => '{}',
  'nothing at all': () => 'null',
  'without what it is about': (news) => JSON.stringify({ ...news, detail: null }),
  'of another shape': (news) => spoiledDetail(news, { data: 7, mail: 7, eventType: 7, tenantId: 7 }),
}

let machine: Awaited<ReturnType<typeof startMachine>>
beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  machine = await startMachine()
})
afterAll(async () => {
  vi.restoreAllMocks()
  await machine.stop()
})

const random = randomOf(seed)
const pick = <T>(all: readonly T[], some: number): T[] => [...all].sort(() => random() - 0.5).slice(0, some)
const kinds = pick(Object.keys(poisons), tries({ test: 1, faults: 5, nightly: 5 }))
const chosen = pick(consumers, tries({ test: 8, faults: consumers.length, nightly: consumers.length }))

test(
  experiment(
    'R11',
    'of a batch with a poison message in it the rest is done, the one is in the dead letters, and a redrive empties them',
    kinds.length * chosen.length,
  ),
  async () => {
    const { queues } = machine
    const tenant = await newTenant()
    const { id: customerId } = await customerOf(tenant, tenant.admin)
    const sqs = new SQSClient({ endpoint: queues.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
    const ctx = await tenant.as(tenant.admin)
    const news = new Map(chosen.map((consumer) => [consumer, goodNews(ctx, consumer, customerId)]))
    const good = (consumer: Consumer) => news.get(consumer)!
    const dead = ({ name }: Consumer) => queues.deadLetters(name).map(({ body }) => body)

    for (const kind of kinds) {
      const poisonOf = (consumer: Consumer) => poisons[kind]!(good(consumer))
      for (const consumer of chosen)
        for (const body of [JSON.stringify(good(consumer)), poisonOf(consumer), JSON.stringify(good(consumer))])
          queues.send(consumer.name, body)

      const working = await atWork(queues, chosen)
      await working.over()

      for (const consumer of chosen)
        expect([working.done.get(consumer.name), dead(consumer)], `${consumer.name}: ${kind}`).toEqual([2, [poisonOf(consumer)]])

      // The function was mended meanwhile: what was poison is as good as any other.
      const mending = new Map(chosen.map((consumer) => [consumer.name, JSON.stringify(good(consumer))]))
      for (const { name } of chosen) expect(await redrive(sqs, deadLetterQueue(name), queues.url(name))).toEqual({ found: 1, moved: 1 })
      const again = await atWork(queues, chosen, (_, name) => mending.get(name)!)
      await again.over()

      for (const consumer of chosen) expect([again.done.get(consumer.name), dead(consumer)], `${consumer.name}: ${kind}`).toEqual([1, []])
    }
  },
)
