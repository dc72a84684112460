import type { Context } from '../../../domain/kernel/context.ts'
import { renderDocumentOutcome, renderDocumentPage } from '../../../domain/sales/document-page/render-page.ts'
import { openDocumentLink } from '../../../domain/sales/sending/document-link.ts'
import { type SentDocument, sentDocumentOf } from '../../../domain/sales/sending/sent-document.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { page, type RawAnswer } from '../route.ts'
import { pageOfLink } from './linked-page.ts'
import { pageFirm } from './page-firm.ts'

const { answered, pdf } = pageOfLink({
  link: openDocumentLink,
  open: async (ctx, { id }): Promise<SentDocument | undefined> => {
    const document = await sentDocumentOf(ctx, id)
    return document.deliveries.length > 0 ? document : undefined
  },
  renderOutcome: renderDocumentOutcome,
})

async function shownPage(ctx: Context, { view }: SentDocument, { locale, ...to }: Answering, token: string): Promise<RawAnswer> {
  const { firm, picture } = await pageFirm(ctx, locale)
  const shown = { locale, nonce: to.nonce, pdf: `/d/${token}/document`, view, firm, ...picture }
  return answerHtml({ locale, ...to }, 200, renderDocumentPage(shown))
}

export const sentPageRoutes = [
  page({
    method: 'GET',
    path: '/d/{token}',
    summary: 'The page of an order or a delivery note that was sent, for the customer',
    description: 'Shows the document as it is, on a phone as well as on a desk. It changes nothing.',
    page: (request) => answered(request, (ctx, opened, to) => shownPage(ctx, opened, to, request.params.token!)),
  }),
  page({
    method: 'GET',
    path: '/d/{token}/document',
    summary: 'The PDF of an order or a delivery note that was sent, for the customer',
    page: pdf,
  }),
]
