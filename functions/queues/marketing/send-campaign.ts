import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import { Instant } from '../../../domain/kernel/dates.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { sendEntry } from '../../../domain/marketing/delivery/send-entry.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { files } from '../../clients/files.ts'
import { mail } from '../../clients/mail.ts'
import { mailAccount } from '../../clients/mail-account.ts'
import { enqueue } from '../../clients/queues.ts'
import { count } from '../../count.ts'
import { queueWorker } from '../../queue-worker.ts'
import { systemActor, systemContext, tenantContext } from '../../runtime.ts'

const Block = z.strictObject({
  tenantId: z.string(),
  campaignId: z.string(),
  run: z.int(),
  time: Instant.optional(),
  block: z.int().min(0),
  page: z.int().min(0).max(9).optional(),
})

/** The longest SQS delays a message. */
const mostSeconds = 900

const sleep = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await wait(milliseconds)
}

/** A hundred of a campaign's audience. What has to wait goes back to the queue for that long. */
export const handler = queueWorker(Block, async (work) => {
  const ctx = await tenantContext(work.tenantId, systemActor, undefined, { mail, enqueue, files })
  const sender = { system: systemContext(), account: 'mail', accountRate: mailAccount.ratePerSecond, sleep }
  const { againIn, again, unknown } = await retryStale(() =>
    work.page === undefined ? sendBlock(ctx, sender, work) : sendEntry(ctx, sender, { ...work, page: work.page }),
  )
  for (let i = 0; i < again; i++) count('MailSentAgain')
  for (let i = 0; i < unknown; i++) count('MailUnknown')
  if (againIn !== undefined) await enqueue('send-campaign', [work], Math.min(mostSeconds, againIn))
})
