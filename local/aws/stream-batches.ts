import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBBatchResponse } from 'aws-lambda'
import type { LocalFunction } from '../lambda.ts'

interface Publishing {
  publisher: LocalFunction
  abandoned(record: StreamRecord): void
}

/** So many that are wanted, with what stands between them. */
const batchSize = 100
const retryMs = 100
const attempts = 10

/** Only new outbox items go to the publisher, as its event source mapping filters. */
export const isOutboxInsert = (record: StreamRecord): boolean =>
  record.eventName === 'INSERT' && record.dynamodb?.NewImage?.entity?.S === 'event'

/**
 * Gives the records to the publisher in batches. A failure is tried again from the failed record on; one that fails
 * ten times in a row is left behind, as the mapping's on-failure destination takes it on AWS.
 */
export async function publishInOrder(
  { publisher, abandoned }: Publishing,
  records: StreamRecord[],
  save: (record: StreamRecord) => void,
  stopped: () => boolean,
): Promise<void> {
  let rest = records
  let failing: StreamRecord | undefined
  let failures = 0
  while (rest.length > 0 && !stopped()) {
    const batch = batchOf(rest)
    const failed = await firstFailed(publisher, batch)
    failures = batch[failed] && batch[failed] === failing ? failures + 1 : 1
    failing = batch[failed]
    const givenUp = failing !== undefined && failures >= attempts
    if (failing && givenUp) abandoned(failing)
    const done = givenUp ? failed + 1 : failed
    const last = batch[done - 1]
    if (last) save(last)
    rest = rest.slice(done)
    if (failing) await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

function batchOf(records: StreamRecord[]): StreamRecord[] {
  let wanted = 0
  const end = records.findIndex((record) => isOutboxInsert(record) && ++wanted > batchSize)
  return end < 0 ? records : records.slice(0, end)
}

/** Index of the first record that failed; the length of the batch when none did. */
async function firstFailed(publisher: LocalFunction, batch: StreamRecord[]): Promise<number> {
  const wanted = batch.filter(isOutboxInsert)
  if (wanted.length === 0) return batch.length
  const index = (sequence: unknown): number => batch.findIndex((record) => record.dynamodb?.SequenceNumber === sequence)
  try {
    const answer = (await publisher.invoke({ Records: wanted.map(eventRecord) })) as DynamoDBBatchResponse | undefined
    const failed = (answer?.batchItemFailures ?? []).map((failure) => index(failure.itemIdentifier))
    // An identifier that is not of this batch fails the whole batch, as in Lambda.
    return failed.length === 0 ? batch.length : failed.includes(-1) ? index(wanted[0]!.dynamodb!.SequenceNumber) : Math.min(...failed)
  } catch (error) {
    console.error(`${publisher.name} failed: ${error instanceof Error ? error.stack : error}`)
    return index(wanted[0]!.dynamodb!.SequenceNumber)
  }
}

// Lambda gives the time in whole epoch seconds.
const eventRecord = (record: StreamRecord) => ({
  ...record,
  dynamodb: {
    ...record.dynamodb,
    ApproximateCreationDateTime: Math.floor(Number(record.dynamodb?.ApproximateCreationDateTime ?? 0)),
  },
})
