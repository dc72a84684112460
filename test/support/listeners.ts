import { consumers } from '../../functions/manifest.ts'

type Consume = (batch: { Records: { messageId: string; body: string }[] }) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>

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
