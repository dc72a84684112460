import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { ulidOf } from '../../kernel/ids.ts'
import { dayNumber, openSignedLink, signLink } from '../../kernel/signed-link.ts'

/** The link of a sent quote: whoever has it sees this quote and answers it. It outlives the quote, so that it can say what became of it. */

const purpose = 'quote'
const keptDays = 60

interface OpenedQuoteLink {
  quoteId: string
  expired: boolean
}

/** The same for the same quote, however often it is asked for. */
export const quoteLink = (ctx: Context, { id, validUntil }: { id: string; validUntil: string }): string =>
  `${ctx.publicUrl}/q/${signLink(ctx, purpose, [ulidOf(id)], dayNumber(addDays(validUntil, keptDays)))}`

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openQuoteLink(ctx: Context, token: string): OpenedQuoteLink | undefined {
  const link = openSignedLink(ctx, purpose, token)
  return link && { quoteId: `quo_${link.what[0]}`, expired: link.expired }
}
