import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Action } from '../domain/store/write.ts'

export interface BatchWriter {
  /** Takes the actions of a commit that creates things; additions to counts are summed and written at the end. */
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
      for (const { pk, sk, put: created, add } of actions) {
        if (created) await put({ ...created.Item, pk, sk })
        else if (add) counts.set(`${pk}\n${sk}`, { pk, sk, n: (counts.get(`${pk}\n${sk}`)?.n ?? 0) + add.by })
        else throw new Error(`A customer is created by more than puts and counts now (${pk}); bench/batch-writer.ts must learn it.`)
      }
    },
    async end() {
      for (const count of counts.values()) await put(count)
      if (batch.length > 0) await flush()
      await Promise.all(running)
      client.destroy()
    },
  }
}
