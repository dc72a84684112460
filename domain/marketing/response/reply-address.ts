import type { Context } from '../../kernel/context.ts'
import { isId } from '../../kernel/ids.ts'
import { keyedHash } from '../../kernel/signing.ts'
import { readDeliveryTag } from '../delivery/page.ts'
import type { ClickedMail } from './click-link.ts'

/** Addresses are case-blind and at most 64 characters before the @: 80 bits in hex are what fits. */
const proofOf = (ctx: Context, campaign: string, delivery: string): string =>
  Buffer.from(keyedHash(ctx.tenant.signingKey, 'reply-address', `${campaign} ${delivery}`), 'base64url')
    .subarray(0, 10)
    .toString('hex')

/** The address that answers to one mail go to: SES gives mails a Message-ID of its own, so that In-Reply-To says nothing of ours. */
export function replyAddress(ctx: Context, domain: string, { campaignId, delivery }: ClickedMail): string {
  const campaign = campaignId.slice(4).toLowerCase()
  return `r.${campaign}.${delivery}.${proofOf(ctx, campaign, delivery)}@${domain}`
}

/** The mail that an address answers to; undefined for any address that we did not make. */
export function answeredMail(ctx: Context, address: string): ClickedMail | undefined {
  const parts = /^r\.([0-9a-z]{26})\.(\d{1,6}-\d-\d)\.([0-9a-f]{20})@/.exec(address.trim().toLowerCase())
  if (!parts) return undefined
  const [, campaign, delivery, proof] = parts as unknown as [string, string, string, string]
  const campaignId = `cmp_${campaign.toUpperCase()}`
  const isOurs = isId('cmp', campaignId) && readDeliveryTag(delivery) && proof === proofOf(ctx, campaign, delivery)
  return isOurs ? { campaignId, delivery } : undefined
}
