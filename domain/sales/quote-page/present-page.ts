import type { Context } from '../../kernel/context.ts'
import type { SalesDocumentView } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { presentDocument } from '../document-page/present-document.ts'
import { quotes } from '../quote/quote.table.ts'
import type { Quote } from '../quote/quote.ts'
import { quoteLink } from '../quote/quote-link.ts'
import { statusOn } from '../quote/rules.ts'
import type { QuotePage } from './quote-page.ts'

/** The link to the latest revision, when that one was sent too. */
async function newerLink(ctx: Context, quote: Quote): Promise<string | undefined> {
  let newest: Quote | undefined = quote
  for (let steps = 0; newest?.supersededById && steps < 50; steps++) newest = await find(ctx, quotes, newest.supersededById)
  return newest && newest.id !== quote.id && newest.sentAt ? quoteLink(ctx, newest) : undefined
}

/** What the page of a quote shows on a day. */
export async function presentQuotePage(
  ctx: Context,
  { quote, view, day }: { quote: Quote; view: SalesDocumentView; day: string },
  firm: QuotePage['firm'],
): Promise<Omit<QuotePage, 'nonce' | 'pdf'>> {
  const locale = view.locale ?? ctx.tenant.locale
  const status = statusOn(quote, day)
  const newer = status === 'superseded' ? await newerLink(ctx, quote) : undefined
  return {
    locale,
    view,
    status,
    firm,
    ...(quote.decision ? { decision: quote.decision } : {}),
    ...(newer ? { newer } : {}),
    ...presentDocument(view, locale),
  }
}
