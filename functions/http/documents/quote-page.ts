import type { Context } from '../../../domain/kernel/context.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { acceptQuote, rejectQuote } from '../../../domain/sales/quote/decide-quote.ts'
import { openQuoteLink } from '../../../domain/sales/quote/quote-link.ts'
import { quoteViewOf } from '../../../domain/sales/quote/quote-view.ts'
import { presentQuotePage } from '../../../domain/sales/quote-page/present-page.ts'
import { type PageFault, type QuoteForm, readQuoteForm } from '../../../domain/sales/quote-page/quote-page.ts'
import { renderQuoteOutcome, renderQuotePage } from '../../../domain/sales/quote-page/render-page.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { backTo } from '../public-page.ts'
import { page } from '../route.ts'
import { pageOfLink } from './linked-page.ts'
import { pageFirm } from './page-firm.ts'

type Opened = Awaited<ReturnType<typeof quoteViewOf>>

const { answered, pdf } = pageOfLink({
  link: openQuoteLink,
  open: async (ctx, { quoteId }) => {
    const opened = await quoteViewOf(ctx, quoteId)
    return opened.quote.sentAt ? { ...opened, templateId: opened.quote.templateId } : undefined
  },
  renderOutcome: renderQuoteOutcome,
})

async function shownPage(
  ctx: Context,
  opened: Opened,
  to: Answering,
  token: string,
  again?: { fault: PageFault; entered: Record<string, string> },
) {
  const { firm, picture } = await pageFirm(ctx, to.locale)
  const shown = await presentQuotePage(ctx, { ...opened, day: to.today }, firm)
  const rendered = renderQuotePage({ ...shown, ...picture, ...again, nonce: to.nonce, pdf: `/q/${token}/document` })
  return answerHtml(to, again ? 422 : 200, rendered)
}

/** Decided already, expired or replaced meanwhile: the page says so itself. */
async function decide(ctx: Context, id: string, form: QuoteForm): Promise<void> {
  const act = () =>
    form.action === 'accept'
      ? acceptQuote(ctx, { id, by: { name: form.name, comment: form.comment }, customerPo: form.customerPo, online: true })
      : rejectQuote(ctx, { id, by: { name: form.name }, reason: form.reason, online: true })
  try {
    await retryStale(act)
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'conflict')) throw error
  }
}

export const quotePageRoutes = [
  page({
    method: 'GET',
    path: '/q/{token}',
    summary: 'The page of a sent quote, for the customer',
    description: 'Shows the quote on a phone as well as on a desk. It changes nothing, so mail scanners may open it.',
    page: (request) => answered(request, (ctx, opened, to) => shownPage(ctx, opened, to, request.params.token!)),
  }),
  page({
    method: 'POST',
    path: '/q/{token}',
    summary: 'Accept or decline a quote, from its page',
    description: 'Once; whatever comes later is shown what was decided.',
    page: (request) =>
      answered(request, async (ctx, opened, to) => {
        const token = request.params.token!
        const form = readQuoteForm(request.form)
        if (typeof form === 'string') return shownPage(ctx, opened, to, token, { fault: form, entered: request.form })
        await decide(ctx, opened.quote.id, form)
        return backTo(`/q/${token}`)
      }),
  }),
  page({
    method: 'GET',
    path: '/q/{token}/document',
    summary: 'The PDF of a sent quote, for the customer',
    page: pdf,
  }),
]
