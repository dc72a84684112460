import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { PutEventsCommand, type PutEventsRequestEntry, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import type { OutboxItem } from '../../domain/store/outbox.ts'
import { eventBridge } from '../clients/event-bridge.ts'
import { logError } from '../log.ts'
import { env } from '../runtime.ts'

const maxEntries = 10
const maxBytes = 256 * 1024

interface Outgoing {
  sequenceNumber: string
  entry: PutEventsRequestEntry
}

/** A client of EventBridge, or what stands for it. */
interface EventBus {
  send(command: PutEventsCommand): Promise<{ Entries?: PutEventsResultEntry[] | undefined }>
}

/** Outbox items of the stream -> events on the bus. The event source mapping lets only inserts of outbox items through. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  publishOutbox(event.Records, eventBridge(), env('BUS_NAME'))

/**
 * Publishes in order and stops at the first entry that fails: Lambda then repeats from that record on, so that no event of
 * a customer overtakes an earlier one for good. Repeated ones have the same id; consumers know them by it.
 */
export async function publishOutbox(records: DynamoDBRecord[], bus: EventBus, busName: string): Promise<DynamoDBBatchResponse> {
  const { outgoing, unreadable } = readable(records, busName)
  for (const call of calls(outgoing)) {
    const failed = await firstFailed(bus, call)
    if (failed) return failure(failed)
  }
  return unreadable ? failure(unreadable) : { batchItemFailures: [] }
}

const failure = (itemIdentifier: string): DynamoDBBatchResponse => ({ batchItemFailures: [{ itemIdentifier }] })

/** The records up to the first that cannot be read: those before it must not wait for it. */
function readable(records: DynamoDBRecord[], busName: string): { outgoing: Outgoing[]; unreadable?: string | undefined } {
  const outgoing: Outgoing[] = []
  for (const record of records) {
    try {
      outgoing.push(toOutgoing(record, busName))
    } catch (error) {
      logError('An outbox item cannot be read.', {}, error)
      return { outgoing, unreadable: record.dynamodb?.SequenceNumber }
    }
  }
  return { outgoing }
}

async function firstFailed(bus: EventBus, call: Outgoing[]): Promise<string | undefined> {
  try {
    const { Entries: results = [] } = await bus.send(new PutEventsCommand({ Entries: call.map(({ entry }) => entry) }))
    return call.find((_, index) => results[index]?.ErrorCode)?.sequenceNumber
  } catch (error) {
    logError('PutEvents failed.', {}, error)
    return call[0]?.sequenceNumber
  }
}

/** Cuts into calls of at most 10 entries and 256 KB, what PutEvents takes. */
function calls(outgoing: Outgoing[]): Outgoing[][] {
  const result: Outgoing[][] = []
  let bytes = 0
  for (const one of outgoing) {
    const size = entryBytes(one.entry)
    const call = result.at(-1)
    if (call && call.length < maxEntries && bytes + size <= maxBytes) {
      call.push(one)
      bytes += size
    } else {
      result.push([one])
      bytes = size
    }
  }
  return result
}

// EventBridge counts source, detail type and detail in bytes, and 14 for the time.
const entryBytes = (entry: PutEventsRequestEntry): number =>
  14 + [entry.Source, entry.DetailType, entry.Detail].reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0)

function toOutgoing({ dynamodb }: DynamoDBRecord, busName: string): Outgoing {
  const item = unmarshall(dynamodb?.NewImage as Record<string, AttributeValue>) as OutboxItem
  const { id, name, version, tenantId, at, actor, subject, customerId, data, requestId, mayStartCampaign } = item
  const time = new Date(at)
  if (!name || !version || Number.isNaN(time.getTime())) throw new Error(`no name, version or time: ${id}`)
  const detail = {
    id,
    name,
    version,
    tenantId,
    at,
    actor,
    subject,
    ...(customerId ? { customerId } : {}),
    data,
    requestId,
    ...(mayStartCampaign ? { mayStartCampaign } : {}),
  }
  return {
    sequenceNumber: dynamodb?.SequenceNumber ?? '',
    entry: {
      EventBusName: busName,
      Source: 'guanxi',
      DetailType: `${name}.v${version}`,
      Time: time,
      Detail: JSON.stringify(detail),
    },
  }
}
