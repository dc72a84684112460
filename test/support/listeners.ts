import type { OutboxItem } from '../../domain/store/outbox.ts'
import { consumers } from '../../functions/manifest.ts'

export type Consume = (batch: {
  Records: { messageId: string; body: string }[]
}) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>

/** The consumers of our events that write the table and nothing else, by what they listen to. */
export const listeners = await Promise.all(
  consumers
    .filter(({ source, sends, mails, files }) => source === 'guanxi' && !sends && !mails && !files)
    .map(async ({ name, entry, detailTypes }) => ({
      name,
      detailTypes,
      consume: (await import(/* @vite-ignore */ `../../${entry}`)).handler as Consume,
    })),
)

export const detailTypeOf = ({ name, version }: Pick<OutboxItem, 'name' | 'version'>): string => `${name}.v${version}`

/** An event as its consumers get it. */
export function messageOf(item: OutboxItem): string {
  const { id, name, version, tenantId, at, actor, subject, customerId, data, requestId } = item
  const detail = { id, name, version, tenantId, at, actor, subject, customerId, data, requestId }
  return JSON.stringify({ source: 'guanxi', 'detail-type': detailTypeOf(item), detail })
}
