import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'

/**
 * The one loop over an SQS batch: each message by itself, one after the other, and only those that failed are reported, so
 * that a poison message goes to its dead letters and takes no neighbour along.
 */
export function batchHandler(work: (body: unknown) => Promise<void>) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = []
    for (const { messageId, body } of event.Records) {
      try {
        await work(JSON.parse(body))
      } catch (error) {
        console.error(JSON.stringify({ level: 'ERROR', messageId, error: describe(error) }))
        batchItemFailures.push({ itemIdentifier: messageId })
      }
    }
    return { batchItemFailures }
  }
}

/** Where it went wrong and what was behind it; the fields of an error stay out, they may hold what is personal. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? `${error.stack}` : `${error.stack}\ncaused by ${describe(error.cause)}`
}
