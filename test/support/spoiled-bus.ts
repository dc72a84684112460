import type { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import type { OutboxItem } from '../../domain/store/outbox.ts'
import { detailTypeOf } from '../../events/define.ts'
import { publishOutbox } from '../../functions/stream/publish-outbox.ts'
import { listeners } from './listeners.ts'
import { overWire, wireOf } from './wire.ts'

type Random = () => number
const below = (random: Random, most: number) => Math.floor(random() * most)

const recordOf = (item: OutboxItem, n: number): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(n), NewImage: marshall(item, { removeUndefinedValues: true }) as never },
})

/** The publisher, killed before and after its calls, on a bus that now and then refuses an entry; answers what reached the bus. */
async function publishedBadly(items: OutboxItem[], random: Random): Promise<{ detailType: string; body: string }[]> {
  const arrived: { detailType: string; body: string }[] = []
  const send = async ({ input }: PutEventsCommand) => {
    const Entries = input.Entries!.map(({ DetailType, Detail }) => {
      if (random() < 0.1) return { ErrorCode: 'InternalFailure' }
      arrived.push({
        detailType: DetailType!,
        body: JSON.stringify({ source: 'guanxi', 'detail-type': DetailType, detail: JSON.parse(Detail!) }),
      })
      return { EventId: 'e' }
    })
    if (random() < 0.1) throw new Error('killed after PutEvents')
    return { Entries }
  }
  let rest = items.map(recordOf)
  while (rest.length > 0) {
    const batch = rest.slice(0, 1 + below(random, 12))
    const { batchItemFailures } = await publishOutbox(batch, { send }, 'guanxi')
    // Killed before its answer: the same batch comes again.
    if (random() < 0.15) continue
    const failed = batch.findIndex(({ dynamodb }) => dynamodb!.SequenceNumber === batchItemFailures[0]?.itemIdentifier)
    rest = rest.slice(failed < 0 ? batch.length : failed)
  }
  return arrived
}

function shuffled<T>(all: T[], random: Random): T[] {
  const mixed = [...all]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = below(random, i + 1)
    ;[mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!]
  }
  return mixed
}

/**
 * The way from the outbox to the consumers with everything that may go wrong on it: published late and again, each event once or
 * twice, in any order, to consumers that die over them. Nothing is lost.
 */
export function spoiledBus(random: Random) {
  const queues = new Map(listeners.map(({ name }) => [name, [] as string[]]))
  return {
    waits: () => [...queues.values()].some((queue) => queue.length > 0),
    async publish(items: OutboxItem[]): Promise<void> {
      for (const { detailType, body } of await publishedBadly(items, random))
        for (const { name, detailTypes } of listeners)
          if (detailTypes.includes(detailType)) queues.get(name)!.push(...(random() < 0.3 ? [body, body] : [body]))
    },
    /** Hands out some of what waits, or all of it. */
    async handOut(share: number): Promise<void> {
      for (const { name, consume } of shuffled(listeners, random)) {
        const waiting = shuffled(queues.get(name)!, random)
        const until = share === 1 ? 0 : Math.ceil(waiting.length * (1 - share))
        while (waiting.length > until) {
          const bodies = waiting.splice(0, 1 + below(random, 10))
          const kill = {
            kind: random() < 0.5 ? ('killed-before' as const) : ('killed-after' as const),
            at: 1 + below(random, 8),
            lasting: true,
          }
          let failed = new Set<string>()
          const lived = await overWire(wireOf(...(random() < 0.25 ? [kill] : [])), async () => {
            const { batchItemFailures } = await consume({ Records: bodies.map((body, i) => ({ messageId: String(i), body })) })
            failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
          })
          waiting.push(...bodies.filter((_, i) => !lived || failed.has(String(i))))
        }
        queues.set(name, waiting)
      }
    },
  }
}

/** Brings each event to its consumers once, in order. */
export async function inOrder(items: OutboxItem[], messageOf: (item: OutboxItem) => string): Promise<void> {
  for (const item of items)
    for (const { name, detailTypes, consume } of listeners) {
      if (!detailTypes.includes(detailTypeOf(item))) continue
      const { batchItemFailures } = await consume({ Records: [{ messageId: item.id, body: messageOf(item) }] })
      if (batchItemFailures.length > 0) throw new Error(`${name} does not take ${item.name}`)
    }
}
