import type { DeliveredEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { madeAt, partitionOf } from '../../kernel/ids.ts'
import { putTouch } from './touch.table.ts'

/** Somebody clicked in the mail of a campaign, or answered it: the contact says whose customer that is. */
export function noteAnswer(ctx: Context, { at, name, subject, data }: DeliveredEvent<{ contactId: string }>): Promise<void> {
  const kind = name === 'campaign.replied' ? 'replied' : 'clicked'
  return putTouch(ctx, { at, campaignId: subject.id, partition: partitionOf(data.contactId), kind }, data.contactId)
}

/** A campaign brought a lead that became a customer: it was reached when the lead came. */
export async function noteLead(
  ctx: Context,
  { subject, data }: DeliveredEvent<{ campaignId: string | null; customerId: string }>,
): Promise<void> {
  const { campaignId, customerId } = data
  if (!campaignId) return
  const at = new Date(madeAt(subject.id)).toISOString()
  await putTouch(ctx, { at, campaignId, partition: partitionOf(customerId), kind: 'lead' }, subject.id)
}
