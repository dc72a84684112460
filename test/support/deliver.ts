import type { Context } from '../../domain/kernel/context.ts'
import { queryAll } from '../../domain/store/query.ts'

/** Hands all events of a tenant with these names to a consumer, as its queue would; `order` may turn them round or double them. */
export async function deliver(
  ctx: Context,
  handler: unknown,
  names: readonly string[],
  order: (bodies: string[]) => string[] = (bodies) => bodies,
): Promise<void> {
  const found = (await Promise.all(names.map((name) => queryAll(ctx, { index: 'gsi1', partition: ['EVT', name] })))).flat()
  const bodies = found.map(({ id, name, version, tenantId, at, actor, subject, customerId, data, requestId }) => {
    const detail = { id, name, version, tenantId, at, actor, subject, customerId, data, requestId }
    return JSON.stringify({ source: 'guanxi', 'detail-type': `${name}.v${version}`, detail })
  })
  const consume = handler as (batch: object) => Promise<{ batchItemFailures: object[] }>
  const sent = order(bodies)
  for (let i = 0; i < sent.length; i += 50) {
    const Records = sent.slice(i, i + 50).map((body, n) => ({ messageId: `${i + n}`, body }))
    const { batchItemFailures } = await consume({ Records })
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} events were not taken, the first is ${Records[0]!.body}`)
  }
}
