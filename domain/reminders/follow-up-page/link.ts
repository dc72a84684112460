import type { Context } from '../../kernel/context.ts'
import { ulidOf } from '../../kernel/ids.ts'
import { dayNumber, openSignedLink, signLink } from '../../kernel/signed-link.ts'

/** The link of a digest: one person and one customer, for 14 days. Mails are cut at 102 KB, so a link is kept short. */

const purpose = 'reminder'
const validDays = 14

interface OpenedLink {
  userId: string
  customerId: string
  expired: boolean
}

/** Where a person logs the result of a contact with the customer, or postpones it. */
export const linkTo = (ctx: Context, userId: string, customerId: string): string =>
  `${ctx.publicUrl}/r/${signLink(ctx, purpose, [ulidOf(userId), ulidOf(customerId)], dayNumber(ctx.now()) + validDays)}`

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openLink(ctx: Context, token: string): OpenedLink | undefined {
  const link = openSignedLink(ctx, purpose, token)
  return link && { userId: `usr_${link.what[0]}`, customerId: `cus_${link.what[1]}`, expired: link.expired }
}
