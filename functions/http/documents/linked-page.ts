import type { Context } from '../../../domain/kernel/context.ts'
import { today } from '../../../domain/kernel/dates.ts'
import { tenantOfLink } from '../../../domain/kernel/signed-link.ts'
import { composeFor, drawDocument, templateFor } from '../../../domain/platform/document/make-document.ts'
import type { DocumentView } from '../../../domain/platform/index.ts'
import { files } from '../../clients/files.ts'
import { fonts } from '../../clients/fonts.ts'
import { fileResponse } from '../answer.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { answerPublicPage } from '../public-page.ts'
import type { RawAnswer, RawRequest } from '../route.ts'
import { answerDocument } from './answer-document.ts'

/** Why there is no page to be shown. */
type LinkOutcome = 'invalid' | 'expired-link' | 'failed'

const statusOf: Record<LinkOutcome, number> = { invalid: 404, 'expired-link': 410, failed: 500 }

interface Linked {
  view: DocumentView
  templateId?: string | undefined
}

/** What tells the pages of one kind of document from the others. */
interface LinkedPage<L extends { expired: boolean }, O extends Linked> {
  /** What a token opens; undefined for one that is not true. */
  link(ctx: Context, token: string): L | undefined
  /** The document behind it; undefined for one that was not sent. */
  open(ctx: Context, link: L): Promise<O | undefined>
  /** The page instead. */
  renderOutcome(outcome: LinkOutcome, to: Answering): string
}

/** How the page of a document that was sent is answered: whoever has the link sees it, in its language. */
export function pageOfLink<L extends { expired: boolean }, O extends Linked>({ link, open, renderOutcome }: LinkedPage<L, O>) {
  const refuse = (to: Answering, outcome: LinkOutcome): RawAnswer => answerHtml(to, statusOf[outcome], renderOutcome(outcome, to))

  /** Opens the document of a true link and goes on with `show`; else a page says why not. */
  const answered = (request: RawRequest, show: (ctx: Context, opened: O, to: Answering) => Promise<RawAnswer>): Promise<RawAnswer> =>
    answerPublicPage(request, { tenantOf: tenantOfLink, refuse, abilities: { files } }, async (ctx, token, to) => {
      const found = link(ctx, token)
      if (!found) return undefined
      const own = { ...to, locale: ctx.tenant.locale, today: today(ctx), pictures: true }
      if (found.expired) return refuse(own, 'expired-link')
      const opened = await open(ctx, found)
      return opened ? show(ctx, opened, { ...own, locale: opened.view.locale ?? own.locale }) : refuse(own, 'invalid')
    })

  const pdf = (request: RawRequest): Promise<RawAnswer> =>
    answered(request, async (ctx, { view, templateId }) => {
      const template = await templateFor(ctx, view, undefined, templateId)
      return fileResponse(200, await answerDocument(ctx, await drawDocument([await composeFor(ctx, view, template)], 'pdf', fonts)))
    })

  return { answered, pdf }
}
