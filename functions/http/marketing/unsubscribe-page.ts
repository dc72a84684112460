import type { Context } from '../../../domain/kernel/context.ts'
import { tenantOfToken } from '../../../domain/kernel/tenant-token.ts'
import { noteDelivery } from '../../../domain/marketing/delivery/note-ses-news.ts'
import { type OpenedUnsubscribe, openUnsubscribe } from '../../../domain/marketing/unsubscribe/link.ts'
import type { UnsubscribeOutcome } from '../../../domain/marketing/unsubscribe/page-texts.ts'
import { choose, readPreferences, unsubscribe } from '../../../domain/marketing/unsubscribe/preferences.ts'
import { type Asked, readAsked } from '../../../domain/marketing/unsubscribe/read-form.ts'
import { renderOutcome, renderPreferences } from '../../../domain/marketing/unsubscribe/render-page.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { answerPublicPage } from '../public-page.ts'
import { page, type RawAnswer, type RawRequest } from '../route.ts'

const statusOf: Partial<Record<UnsubscribeOutcome, number>> = { expired: 410, invalid: 404, unclear: 422, failed: 500 }

const answerOutcome = (to: Answering, outcome: UnsubscribeOutcome, tenantName?: string): RawAnswer =>
  answerHtml(to, statusOf[outcome] ?? 200, renderOutcome(outcome, { ...to, tenantName }))

/** Lets the holder of a true link in and goes on with `show`, or says why not. */
const answered = (
  request: RawRequest,
  show: (ctx: Context, link: OpenedUnsubscribe, to: Answering) => Promise<RawAnswer>,
): Promise<RawAnswer> =>
  answerPublicPage(request, { tenantOf: tenantOfToken, refuse: answerOutcome }, async (ctx, token, to) => {
    const link = openUnsubscribe(ctx, token)
    if (!link) return undefined
    const { locale, tenantName } = await readPreferences(ctx, link)
    return link.expired ? answerOutcome({ ...to, locale }, 'expired', tenantName) : show(ctx, link, { ...to, locale })
  })

async function act(ctx: Context, link: OpenedUnsubscribe, asked: Asked): Promise<UnsubscribeOutcome> {
  if (asked.action === 'unsubscribe') {
    await unsubscribe(ctx, link)
    const { campaignId, delivery } = link
    if (campaignId && delivery) await noteDelivery(ctx, { campaignId, delivery, fact: 'u', at: ctx.now() })
    return 'unsubscribed'
  }
  if (!(await choose(ctx, link, asked.action === 'choose' ? asked.lists : 'all'))) return 'kept'
  return asked.action === 'choose' ? 'saved' : 'subscribed'
}

export const unsubscribePageRoutes = [
  page({
    method: 'GET',
    path: '/u/{token}',
    summary: 'The page behind the unsubscribe link of a marketing mail',
    description: 'What the recipient takes of the marketing mail. It changes nothing, so mail scanners may open it.',
    page: (request) =>
      answered(request, async (ctx, link, to) => answerHtml(to, 200, renderPreferences(await readPreferences(ctx, link), to.nonce))),
  }),
  page({
    method: 'POST',
    path: '/u/{token}',
    summary: 'Unsubscribe, by one click or from the page',
    description: 'RFC 8058: no sign-in, no redirect; the same twice is harmless. Effective before the next mail.',
    page: (request) =>
      answered(request, async (ctx, link, to) => {
        const { form, body, headers } = request
        const asked = readAsked({ form, body, contentType: headers['content-type'] ?? '' })
        return answerOutcome(to, asked ? await retryStale(() => act(ctx, link, asked)) : 'unclear', ctx.tenant.name)
      }),
  }),
]
