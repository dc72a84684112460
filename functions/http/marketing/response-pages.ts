import type { Context } from '../../../domain/kernel/context.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { newId } from '../../../domain/kernel/ids.ts'
import { tenantOfToken } from '../../../domain/kernel/tenant-token.ts'
import { type ClickedMail, openClick } from '../../../domain/marketing/response/click-link.ts'
import { isPerson, noteClick, targetOf } from '../../../domain/marketing/response/follow-click.ts'
import { getReplyHook, ReplyHook, requireSigned, takeReply } from '../../../domain/marketing/response/take-reply.ts'
import { renderOutcome } from '../../../domain/marketing/unsubscribe/render-page.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { knownTenant } from '../../known-tenant.ts'
import { logError } from '../../log.ts'
import { jsonType, problemAnswer } from '../answer.ts'
import { answerHtml, answering } from '../html-page.ts'
import { page, type RawAnswer, type RawRequest, route } from '../route.ts'

/** Counts a click; whoever clicked is led on all the same when that breaks. */
async function counted(ctx: Context, mail: ClickedMail, { params, headers }: RawRequest): Promise<void> {
  if (!isPerson(headers)) return
  try {
    await retryStale(() => noteClick(ctx, mail, params.link!))
  } catch (error) {
    logError('A click was not counted.', { campaign: mail.campaignId, delivery: mail.delivery }, error)
  }
}

async function followed(request: RawRequest): Promise<RawAnswer> {
  const { token, link } = request.params as { token: string; link: string }
  const to = answering(request.headers['accept-language'])
  const tenantId = tenantOfToken(token.replace(/\.[^.]*$/, ''))
  const ctx = tenantId === undefined ? undefined : await knownTenant(tenantId)
  const mail = ctx && openClick(ctx, token)
  const target = mail && !mail.expired ? await targetOf(ctx, mail, link) : undefined
  if (!ctx || !mail || !target) return mail?.expired ? said(to, 'expired', 410) : said(to, 'invalid', 404)
  await counted(ctx, mail, request)
  const headers = { location: target, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex, nofollow' }
  return { status: 302, headers, body: '' }
}

const said = (to: ReturnType<typeof answering>, outcome: 'expired' | 'invalid', status: number): RawAnswer =>
  answerHtml(to, status, renderOutcome(outcome, to))

async function replied({ params, headers, body }: RawRequest): Promise<RawAnswer> {
  try {
    const ctx = await knownTenant(params.tenant!)
    if (!ctx) throw new Problem('unauthenticated', 'reply.unsigned', 'There is no such firm, or the post is not signed.')
    requireSigned(ctx, headers['x-guanxi-signature'] ?? '', body)
    const taken = await retryStale(() => takeReply(ctx, body))
    return { status: 202, headers: { 'content-type': jsonType }, body: JSON.stringify(taken) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return problemAnswer(error, newId('req', new Date().toISOString()))
  }
}

export const responseRoutes = [
  page({
    method: 'GET',
    path: '/c/{token}/{link}',
    summary: 'Follow a link of a marketing mail',
    description:
      'Leads on to where the link of the campaign leads, and counts the click. A forged link is 404, one older than 400 days 410.',
    page: followed,
  }),
  page({
    method: 'POST',
    path: '/hooks/replies/{tenant}',
    summary: 'Tell us of an answer to a marketing mail',
    description: 'Posted by the mail server of the firm, signed as `/v1/reply-hook` says. 401 for what is not.',
    page: replied,
  }),
  route({
    method: 'GET',
    path: '/v1/reply-hook',
    summary: 'Get where answers to marketing mail are posted, and the secret that signs them',
    permission: 'campaigns.launch',
    response: ReplyHook,
    run: getReplyHook,
  }),
]
