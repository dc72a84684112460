import type { Context } from '../../../domain/kernel/context.ts'
import { today } from '../../../domain/kernel/dates.ts'
import { Problem, statusOfKind } from '../../../domain/kernel/errors.ts'
import {
  type FollowUpForm,
  type FollowUpPage,
  type PageFault,
  SUMMARY_MAX,
} from '../../../domain/reminders/follow-up-page/follow-up-page.ts'
import { tenantOfToken } from '../../../domain/reminders/follow-up-page/link.ts'
import { presentPage } from '../../../domain/reminders/follow-up-page/present-page.ts'
import { renderPage } from '../../../domain/reminders/follow-up-page/render-page.ts'
import { readForm, submit } from '../../../domain/reminders/follow-up-page/submit.ts'
import { type Visit, visit } from '../../../domain/reminders/follow-up-page/visit.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { logError } from '../../log.ts'
import { tenantContext } from '../../runtime.ts'
import { type Answering, answerHtml, answering } from '../html-page.ts'
import { page, type RawAnswer, type RawRequest } from '../route.ts'
import { answerResult } from './answer-page.ts'

/** The tenant that a token speaks of; undefined when there is none. */
async function tenantOf(token: string): Promise<Context | undefined> {
  const tenantId = tenantOfToken(token)
  if (!tenantId) return undefined
  try {
    return await tenantContext(tenantId)
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return undefined
    throw error
  }
}

/** Lets the visitor in and goes on with `show`, or says why not; whatever breaks is said on a page too. */
async function answered(request: RawRequest, show: (visit: Visit, to: Answering) => Promise<RawAnswer>): Promise<RawAnswer> {
  const to = answering(request.headers['accept-language'])
  try {
    const ctx = await tenantOf(request.params.token!)
    if (!ctx) return answerResult(to, { outcome: 'invalid' })
    Object.assign(to, { locale: ctx.tenant.locale, today: today(ctx) })
    const visited = await visit(ctx, request.params.token!)
    if (!('summary' in visited)) {
      const { outcome, locale } = visited
      return answerResult({ ...to, locale }, { outcome, ...(outcome === 'invalid' ? {} : { tenantName: ctx.tenant.name }) })
    }
    return await show(visited, { ...to, locale: visited.user.locale ?? ctx.tenant.locale })
  } catch (error) {
    logError('A page failed.', {}, error)
    return answerResult(to, { outcome: 'failed' })
  }
}

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
