import type { Context } from '../../../domain/kernel/context.ts'
import { Problem } from '../../../domain/kernel/errors.ts'
import { answerStatement, isAnswered } from '../../../domain/sales/statement/answer-statement.ts'
import { openStatementLink } from '../../../domain/sales/statement/statement-link.ts'
import { statementViewOf } from '../../../domain/sales/statement/statement-view.ts'
import { renderStatementOutcome, renderStatementPage } from '../../../domain/sales/statement-page/render-page.ts'
import { readStatementForm, type StatementForm, type StatementPageFault } from '../../../domain/sales/statement-page/statement-page.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { type Answering, answerHtml } from '../html-page.ts'
import { backTo } from '../public-page.ts'
import { page, type RawAnswer } from '../route.ts'
import { pageOfLink } from './linked-page.ts'
import { pageFirm } from './page-firm.ts'

type Opened = Awaited<ReturnType<typeof statementViewOf>>
interface Again {
  fault: StatementPageFault
  entered: Record<string, string>
}

const { answered, pdf } = pageOfLink({
  link: openStatementLink,
  open: (ctx, { customerId: id, from, to, currency }) => statementViewOf(ctx, { id, from, to, currency }),
  renderOutcome: renderStatementOutcome,
})

async function shownPage(ctx: Context, { view, account, stored }: Opened, to: Answering, token: string, again?: Again): Promise<RawAnswer> {
  const { firm, picture, account: bank } = await pageFirm(ctx, to.locale)
  const paidTo = bank ? { bank: [bank.holder ?? firm.name, bank.bank, bank.account, bank.swift].filter(Boolean).join('\n') } : {}
  const fate = { answer: stored.answer, closing: account.closing, isAnswered: isAnswered(stored, account.closing) }
  const shown = { locale: to.locale, nonce: to.nonce, pdf: `/s/${token}/document`, view, firm: { ...firm, ...paidTo } }
  return answerHtml(to, again ? 422 : 200, renderStatementPage({ ...shown, ...fate, ...picture, ...again }))
}

/** What the customer says; answered meanwhile, the page says so itself, and a balance that moved is shown first. */
async function say(ctx: Context, { customer, period }: Opened, form: StatementForm): Promise<'said' | 'changed'> {
  const { action, name, closing } = form
  const said = action === 'confirm' ? { kind: 'confirmed' as const } : { kind: 'objected' as const, comment: form.comment }
  try {
    await retryStale(() => answerStatement(ctx, { id: customer.id, period, ...said, by: name, closing }))
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'conflict')) throw error
    if (error.code === 'statement.changed') return 'changed'
  }
  return 'said'
}

export const statementPageRoutes = [
  page({
    method: 'GET',
    path: '/s/{token}',
    summary: 'The page of a statement, for the customer',
    description: 'Shows the account of a period on a phone as well as on a desk. It changes nothing, so mail scanners may open it.',
    page: (request) => answered(request, (ctx, opened, to) => shownPage(ctx, opened, to, request.params.token!)),
  }),
  page({
    method: 'POST',
    path: '/s/{token}',
    summary: 'Confirm a statement or object to it, from its page',
    description: 'Once for the same figures; whatever comes later is shown what was answered.',
    page: (request) =>
      answered(request, async (ctx, opened, to) => {
        const token = request.params.token!
        const form = readStatementForm(request.form)
        if (typeof form === 'string') return shownPage(ctx, opened, to, token, { fault: form, entered: request.form })
        const outcome = await say(ctx, opened, form)
        return outcome === 'said' ? backTo(`/s/${token}`) : shownPage(ctx, opened, to, token, { fault: 'changed', entered: request.form })
      }),
  }),
  page({
    method: 'GET',
    path: '/s/{token}/document',
    summary: 'The PDF of a statement, for the customer',
    page: pdf,
  }),
]
