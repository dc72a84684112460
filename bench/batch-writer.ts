import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Action } from '../domain/store/write.ts'

interface BatchWriter {
  /** Takes the actions of a commit that creates things; additions to counts and entries are put together and written at the end. */
  add(actions: Action[]): Promise<void>
  end(): Promise<void>
}

type Item = Record<string, unknown>

const itemsPerCall = 25
const callsAtOnce = 8

/** Puts items by BatchWriteItem, 25 to a call and several calls at once; what the engine did not take is sent again. */
export function batchWriter(table: string): BatchWriter {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } })
  const running = new Set<Promise<void>>()
  const counts = new Map<string, Item & { n: number }>()
  const entries = new Map<string, Item & { v: number }>()
  let batch: Item[] = []
  const send = async (items: Item[]): Promise<void> => {
    let rest = items.map((Item) => ({ PutRequest: { Item } }))
    while (rest.length > 0) {
      const answer = await client.send(new BatchWriteCommand({ RequestItems: { [table]: rest } }))
      rest = (answer.UnprocessedItems?.[table] ?? []) as typeof rest
    }
  }
  const flush = async () => {
    const task = send(batch).then(() => {
      running.delete(task)
    })
    running.add(task)
    batch = []
    if (running.size >= callsAtOnce) await Promise.race(running)
  }
  const put = async (item: Item) => {
    batch.push(item)
    if (batch.length === itemsPerCall) await flush()
  }
  return {
    async add(actions) {
      for (const { pk, sk, put: created, add, entry } of actions) {
        const place = `${pk}\n${sk}`
        if (created) await put({ ...created.Item, pk, sk })
        else if (add) counts.set(place, { pk, sk, n: (counts.get(place)?.n ?? 0) + add.by })
        else if (entry) entries.set(place, { ...entries.get(place), ...entry.set, pk, sk, v: (entries.get(place)?.v ?? 0) + 1 })
        else
          throw new Error(`A customer is created by more than puts, counts and entries now (${pk}); bench/batch-writer.ts must learn it.`)
      }
    },
    async end() {
      for (const item of [...counts.values(), ...entries.values()]) await put(item)
      if (batch.length > 0) await flush()
      await Promise.all(running)
      client.destroy()
    },
  }
}
