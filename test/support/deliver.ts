import type { SQSBatchResponse } from 'aws-lambda'
import type { Context } from '../../domain/kernel/context.ts'
import type { OutboxItem } from '../../domain/store/outbox.ts'
import { queryAll } from '../../domain/store/query.ts'
import { detailTypeOf } from '../../events/define.ts'

/** An event as its consumers get it. */
export function messageOf(item: OutboxItem): string {
  const { id, name, version, tenantId, at, actor, subject, customerId, data, requestId } = item
  const detail = { id, name, version, tenantId, at, actor, subject, customerId, data, requestId }
  return JSON.stringify({ source: 'guanxi', 'detail-type': detailTypeOf(item), detail })
}

/** Hands messages to the handler of a queue, as SQS does; whatever is no text goes as JSON. */
export const hand = (handler: unknown, ...bodies: unknown[]): Promise<SQSBatchResponse> =>
  (handler as (batch: object) => Promise<SQSBatchResponse>)({
    Records: bodies.map((body, i) => ({ messageId: `m-${i}`, body: typeof body === 'string' ? body : JSON.stringify(body) })),
  })

/** Hands all events of a tenant with these names to a consumer, as its queue would; `order` may turn them round or double them. */
export async function deliver(
  ctx: Context,
  handler: unknown,
  names: readonly string[],
  order: (bodies: string[]) => string[] = (bodies) => bodies,
): Promise<void> {
  const found = (await Promise.all(names.map((name) => queryAll(ctx, { index: 'gsi1', partition: ['EVT', name] })))).flat()
  const sent = order(found.map((item) => messageOf(item as unknown as OutboxItem)))
  for (let i = 0; i < sent.length; i += 50) {
    const bodies = sent.slice(i, i + 50)
    const { batchItemFailures } = await hand(handler, ...bodies)
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events were not taken, the first is ${bodies[0]}`)
  }
}
