import type { Context } from '../../../domain/kernel/context.ts'
import { today } from '../../../domain/kernel/dates.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { loadLetterhead } from '../../../domain/platform/document/load-letterhead.ts'
import { composeFor, drawDocument, templateFor } from '../../../domain/platform/document/make-document.ts'
import { acceptQuote, rejectQuote } from '../../../domain/sales/quote/decide-quote.ts'
import { openQuoteLink, tenantOfQuoteToken } from '../../../domain/sales/quote/quote-link.ts'
import { quoteViewOf } from '../../../domain/sales/quote/quote-view.ts'
import { presentQuotePage } from '../../../domain/sales/quote-page/present-page.ts'
import { type PageFault, type QuoteForm, type QuotePageOutcome, readQuoteForm } from '../../../domain/sales/quote-page/quote-page.ts'
import { renderQuoteOutcome, renderQuotePage } from '../../../domain/sales/quote-page/render-page.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { files } from '../../clients/files.ts'
import { fonts } from '../../clients/fonts.ts'
import { logError } from '../../log.ts'
import { tenantContext } from '../../runtime.ts'
import { fileResponse } from '../answer.ts'
import { type Answering, answerHtml, answering } from '../html-page.ts'
import { page, type RawAnswer, type RawRequest } from '../route.ts'
import { answerDocument } from './answer-document.ts'

type Opened = Awaited<ReturnType<typeof quoteViewOf>>

const statusOf: Record<QuotePageOutcome, number> = { invalid: 404, 'expired-link': 410, failed: 500 }

const answerOutcome = (to: Answering, outcome: QuotePageOutcome): RawAnswer =>
  answerHtml(to, statusOf[outcome], renderQuoteOutcome(outcome, to))

const isNotFound = (error: unknown) => error instanceof Problem && error.kind === 'not-found'

/** The tenant that a token speaks of; undefined when there is none. */
async function tenantOf(token: string): Promise<Context | undefined> {
  const tenantId = tenantOfQuoteToken(token)
  if (!tenantId) return undefined
  try {
    return await tenantContext(tenantId, undefined, undefined, { files })
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Opens the quote of a true link that was sent, and goes on with `show`; else, and when anything breaks, a page says why not. */
async function answered(
  request: RawRequest,
  show: (ctx: Context, opened: Opened, to: Answering) => Promise<RawAnswer>,
): Promise<RawAnswer> {
  const to = answering(request.headers['accept-language'])
  try {
    const ctx = await tenantOf(request.params.token!)
    const link = ctx && openQuoteLink(ctx, request.params.token!)
    if (!ctx || !link) return answerOutcome(to, 'invalid')
    const own = { ...to, locale: ctx.tenant.locale, today: today(ctx) }
    if (link.expired) return answerOutcome(own, 'expired-link')
    const opened = await quoteViewOf(ctx, link.quoteId)
    if (!opened.quote.sentAt) return answerOutcome(own, 'invalid')
    return await show(ctx, opened, { ...own, locale: opened.view.locale ?? own.locale, pictures: true })
  } catch (error) {
    if (isNotFound(error)) return answerOutcome(to, 'invalid')
    logError('A page failed.', {}, error)
    return answerOutcome(to, 'failed')
  }
}

async function shownPage(
  ctx: Context,
  opened: Opened,
  to: Answering,
  token: string,
  again?: { fault: PageFault; entered: Record<string, string> },
) {
  const { logo, name, phone, email, address } = await loadLetterhead(ctx, to.locale)
  const firm = { name, ...(phone ? { phone } : {}), ...(email ? { email } : {}), ...(address ? { address } : {}) }
  const shown = await presentQuotePage(ctx, { ...opened, day: to.today }, firm)
  const picture = logo ? { logo: `data:image/${logo.type};base64,${logo.bytes.toString('base64')}` } : {}
  const rendered = renderQuotePage({ ...shown, ...picture, ...again, nonce: to.nonce, pdf: `/q/${token}/document` })
  return answerHtml(to, again ? 422 : 200, rendered)
}

/** Back to the page, which says what is by now: a reload sends nothing twice. */
const backTo = (token: string): RawAnswer => ({ status: 303, headers: { location: `/q/${token}`, 'cache-control': 'no-store' }, body: '' })

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
        return backTo(token)
      }),
  }),
  page({
    method: 'GET',
    path: '/q/{token}/document',
    summary: 'The PDF of a sent quote, for the customer',
    page: (request) =>
      answered(request, async (ctx, { quote, view }) => {
        const template = await templateFor(ctx, view, undefined, quote.templateId)
        const made = await drawDocument([await composeFor(ctx, view, template)], 'pdf', fonts)
        return fileResponse(200, await answerDocument(ctx, made))
      }),
  }),
]
