import { today } from '../../../domain/kernel/dates.ts'
import { Problem, statusOfKind } from '../../../domain/kernel/errors.ts'
import { tenantOfLink } from '../../../domain/kernel/signed-link.ts'
import {
  type FollowUpForm,
  type FollowUpPage,
  type PageFault,
  SUMMARY_MAX,
} from '../../../domain/reminders/follow-up-page/follow-up-page.ts'
import { presentPage } from '../../../domain/reminders/follow-up-page/present-page.ts'
import { renderPage } from '../../../domain/reminders/follow-up-page/render-page.ts'
import { readForm, submit } from '../../../domain/reminders/follow-up-page/submit.ts'
import { type Visit, visit } from '../../../domain/reminders/follow-up-page/visit.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { answerPublicPage } from '../public-page.ts'
import { page, type RawAnswer, type RawRequest } from '../route.ts'
import { answerResult } from './answer-page.ts'

const refuse = (to: Answering, outcome: 'invalid' | 'failed'): RawAnswer => answerResult(to, { outcome })

/** Lets the visitor in and goes on with `show`, or says why not. */
const answered = (request: RawRequest, show: (visit: Visit, to: Answering) => Promise<RawAnswer>): Promise<RawAnswer> =>
  answerPublicPage(request, { tenantOf: tenantOfLink, refuse }, async (ctx, token, to) => {
    const own = { ...to, locale: ctx.tenant.locale, today: today(ctx) }
    const visited = await visit(ctx, token)
    if ('summary' in visited) return show(visited, { ...own, locale: visited.user.locale ?? own.locale })
    const { outcome, locale } = visited
    return answerResult({ ...own, locale }, { outcome, ...(outcome === 'invalid' ? {} : { tenantName: ctx.tenant.name }) })
  })

const shownPage = async (
  visit: Visit,
  to: Answering,
  status = 200,
  again: Pick<FollowUpPage, 'fault' | 'entered'> = {},
): Promise<RawAnswer> =>
  answerHtml(to, status, renderPage({ ...(await presentPage(visit)), ...again, submissionId: visit.ctx.newId('sub'), nonce: to.nonce }))

/** The page once more, with what was typed and the reason why it was not taken. */
function shownAgain(visit: Visit, to: Answering, form: Record<string, string>, fault: PageFault, status: number): Promise<RawAnswer> {
  const { kind = '', summary = '', nextContactOn = '' } = form
  return shownPage(visit, to, status, { fault, entered: { kind, summary: summary.slice(0, 2 * SUMMARY_MAX), nextContactOn } })
}

/** No follow-up is left, or somebody was faster. */
const over = new Set(['follow-up.none', 'follow-up.state'])

async function done(visit: Visit, to: Answering, typed: Record<string, string>, form: FollowUpForm): Promise<RawAnswer> {
  const shown = { tenantName: visit.ctx.tenant.name, customerName: visit.summary.customer.name }
  try {
    return answerResult(to, { ...shown, ...(await retryStale(() => submit(visit, form))) })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (over.has(error.code)) return answerResult(to, { ...shown, outcome: 'already-done' })
    const isRefused = error.kind === 'forbidden' || error.kind === 'not-found'
    if (isRefused) return answerResult(to, { tenantName: shown.tenantName, outcome: 'not-yours' }, statusOfKind[error.kind])
    return shownAgain(visit, to, typed, 'again', statusOfKind[error.kind])
  }
}

export const followUpPageRoutes = [
  page({
    method: 'GET',
    path: '/r/{token}',
    summary: 'The page behind a link of the reminder mail',
    description: 'One customer on a phone. It changes nothing, so mail scanners may open it.',
    page: (request) => answered(request, (visit, to) => shownPage(visit, to)),
  }),
  page({
    method: 'POST',
    path: '/r/{token}',
    summary: 'Log a result or postpone, from the page',
    description: 'The same form sent twice has one effect.',
    page: (request) =>
      answered(request, (visit, to) => {
        const form = readForm(request.form, to.today)
        return typeof form === 'string' ? shownAgain(visit, to, request.form, form, 422) : done(visit, to, request.form, form)
      }),
  }),
]
