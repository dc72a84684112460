import type { Context } from '../../../domain/kernel/context.ts'
import { tenantOfToken } from '../../../domain/kernel/tenant-token.ts'
import { confirmLead, leadToConfirm } from '../../../domain/marketing/lead-form/confirm-lead.ts'
import { openConfirmation } from '../../../domain/marketing/lead-form/form-links.ts'
import type { LeadForm } from '../../../domain/marketing/lead-form/lead-form.ts'
import { openForm, wordingOf } from '../../../domain/marketing/lead-form/open-form.ts'
import type { FormOutcome } from '../../../domain/marketing/lead-form/page-texts.ts'
import { renderConfirm, renderForm, renderFormOutcome } from '../../../domain/marketing/lead-form/render-form.ts'
import { submitForm } from '../../../domain/marketing/lead-form/submit-form.ts'
import { maskedAddress } from '../../../domain/marketing/unsubscribe/preferences.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { answerPublicPage } from '../public-page.ts'
import { page, type RawAnswer, type RawRequest } from '../route.ts'

const statusOf: Partial<Record<FormOutcome, number>> = { invalid: 404, closed: 410, expired: 410, limited: 429, failed: 500 }
const tenMinutes = 600

interface Shown extends Answering {
  tenantName?: string
}

function answerOutcome(to: Shown, outcome: FormOutcome, thanks?: string): RawAnswer {
  const answer = answerHtml(to, statusOf[outcome] ?? 200, renderFormOutcome(outcome, to, thanks))
  return outcome === 'limited' ? { ...answer, headers: { ...answer.headers, 'retry-after': String(tenMinutes) } } : answer
}

/** Goes on with `show` in the name of the firm that the address speaks of. */
const answered = (
  request: RawRequest,
  show: (ctx: Context, token: string, to: Shown) => Promise<RawAnswer | undefined>,
): Promise<RawAnswer> =>
  answerPublicPage(request, { tenantOf: tenantOfToken, refuse: answerOutcome }, (ctx, token, to) =>
    show(ctx, token, { ...to, tenantName: ctx.tenant.name, locale: ctx.tenant.locale }),
  )

/** The form of an address that takes something, in its language; else a page that says why not. */
const withForm = (request: RawRequest, show: (ctx: Context, form: LeadForm, to: Shown) => Promise<RawAnswer>) =>
  answered(request, async (ctx, token, firm) => {
    const form = await openForm(ctx, token)
    if (!form) return undefined
    const to = { ...firm, locale: form.locale ?? firm.locale }
    return form.active ? show(ctx, form, to) : answerOutcome(to, 'closed')
  })

/** Who is asked more often than any lead or form changes is a race of many: each sees what the others did. */
const mostTries = 100

const formPages = [
  page({
    method: 'GET',
    path: '/f/{token}',
    summary: 'A form for leads',
    description: 'For everybody who has its address. With `?c=<campaign>` what comes by it is credited to that campaign.',
    page: (request) =>
      withForm(request, async (_ctx, form, to) => answerHtml(to, 200, renderForm({ ...to, form, campaignId: request.query.c }))),
  }),
  page({
    method: 'POST',
    path: '/f/{token}',
    summary: 'Send a form for leads',
    description:
      'urlencoded, from its own page or a form of your own site. A filled field `homepage` marks a program: it is answered as people are, and nothing is kept. 429 when it is sent too often, all together or from one address.',
    page: (request) =>
      withForm(request, async (ctx, form, to) => {
        const sent = await retryStale(() => submitForm(ctx, form, { form: request.form, ip: request.ip, locale: to.locale }), mostTries)
        if (sent.is === 'limited') return answerOutcome(to, 'limited')
        if (sent.is === 'sent') return answerOutcome(to, sent.toConfirm ? 'to-confirm' : 'sent', sent.toConfirm ? undefined : form.thanks)
        const { is: _faulty, ...typed } = sent
        return answerHtml(to, 422, renderForm({ ...to, ...typed, form, campaignId: request.form.c }))
      }),
  }),
]

/** Opens a true link to confirm an address, in the language of its lead; else a page that says why not. */
const withLead = (
  request: RawRequest,
  show: (ctx: Context, lead: Awaited<ReturnType<typeof leadToConfirm>> & {}, to: Shown) => Promise<RawAnswer>,
) =>
  answered(request, async (ctx, token, firm) => {
    const link = openConfirmation(ctx, token)
    const lead = link && (await leadToConfirm(ctx, link))
    if (!link || !lead) return undefined
    const to = { ...firm, locale: lead.locale ?? firm.locale }
    if (lead.confirmedAt) return answerOutcome(to, 'confirmed')
    return link.expired ? answerOutcome(to, 'expired') : show(ctx, lead, to)
  })

const confirmPages = [
  page({
    method: 'GET',
    path: '/l/{token}',
    summary: 'The page by which somebody confirms an address',
    description: 'It changes nothing, so mail scanners may open it.',
    page: (request) =>
      withLead(request, async (ctx, lead, to) =>
        answerHtml(to, 200, renderConfirm(to, { address: maskedAddress(lead.email!), wording: await wordingOf(ctx, lead) })),
      ),
  }),
  page({
    method: 'POST',
    path: '/l/{token}',
    summary: 'Confirm an address',
    description: 'The lead begins, and consent is recorded with its moment and wording. The same twice is harmless.',
    page: (request) =>
      withLead(request, async (ctx, lead, to) => {
        await retryStale(async () => {
          const link = openConfirmation(ctx, request.params.token!)!
          await confirmLead(ctx, (await leadToConfirm(ctx, link)) ?? lead)
        }, mostTries)
        return answerOutcome(to, 'confirmed')
      }),
  }),
]

export const formPageRoutes = [...formPages, ...confirmPages]
