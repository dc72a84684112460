import type { ResultPage } from '../../../domain/reminders/follow-up-page/follow-up-page.ts'
import { renderResult } from '../../../domain/reminders/follow-up-page/render-result.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import type { RawAnswer } from '../route.ts'

const statusOf: Record<ResultPage['outcome'], number> = {
  logged: 200,
  postponed: 200,
  'already-done': 409,
  'not-yours': 404,
  expired: 410,
  invalid: 404,
  failed: 500,
}

/** The short page that says what came of a press of a button, or why there is no page. */
export const answerResult = (to: Answering, result: Omit<ResultPage, keyof Answering>, status = statusOf[result.outcome]): RawAnswer =>
  answerHtml(to, status, renderResult({ ...result, ...to }))
