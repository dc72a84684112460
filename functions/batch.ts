import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { logError } from './log.ts'

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
        logError('A message failed.', { messageId }, error)
        batchItemFailures.push({ itemIdentifier: messageId })
      }
    }
    return { batchItemFailures }
  }
}
