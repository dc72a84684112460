import type { Context } from '../../kernel/context.ts'
import { dayNumber, openSignedLink, signLink } from '../../kernel/signed-link.ts'
import type { Delivery } from './delivery.ts'

/** The link of an order or delivery note that was sent: whoever has it sees this document as it is, and downloads it. */

const purpose = 'document'
const keptDays = 90

/** Good for 90 days from when it was sent, the same for the same sending; null for what was never sent. */
export function documentLink(ctx: Context, { id, delivery }: { id: string; delivery?: Delivery | undefined }): string | null {
  if (!delivery?.at) return null
  return `${ctx.publicUrl}/d/${signLink(ctx, purpose, [id], dayNumber(delivery.at) + keptDays)}`
}

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openDocumentLink(ctx: Context, token: string): { id: string; expired: boolean } | undefined {
  const link = openSignedLink(ctx, purpose, token)
  return link && { id: link.what[0]!, expired: link.expired }
}
