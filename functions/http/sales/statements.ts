import { confirmStatement } from '../../../domain/sales/statement/answer-statement.ts'
import { readStatement } from '../../../domain/sales/statement/read-statement.ts'
import { sendStatement } from '../../../domain/sales/statement/send-statement.ts'
import { ConfirmStatement, SendStatement, Statement, StatementQuery } from '../../../domain/sales/statement/statement.ts'
import { route } from '../route.ts'

export const statementRoutes = [
  route({
    method: 'GET',
    path: '/v1/customers/{id}/statement',
    summary: 'The statement of account of a customer',
    description:
      'Opening balance, what was shipped line by line with note number and customerPo, returns, receipts, closing balance, by business dates. Without days it is the last period that has ended: up to the cut-off day of a monthly settlement, else the end of the month.',
    permission: 'receivables.read',
    query: StatementQuery,
    response: Statement,
    run: readStatement,
  }),
  route({
    method: 'POST',
    path: '/v1/customers/{id}/statement/send',
    operationId: 'sendCustomerStatement',
    summary: 'Send a customer its statement',
    description:
      'By mail with the PDF and the link to its page, where the customer confirms or objects; by that link alone; or on paper. Without days it is the last period that has ended. The same once more, with the same closing balance, is answered and not sent again, unless `again` says so.',
    permission: 'receivables.chase',
    body: SendStatement.prefault({}),
    response: Statement,
    example: { body: { from: '2026-09-26', to: '2026-10-25', channel: 'link' } },
    run: sendStatement,
  }),
  route({
    method: 'POST',
    path: '/v1/customers/{id}/statement/confirm',
    operationId: 'confirmCustomerStatement',
    summary: 'Note that the customer has confirmed a statement',
    description: 'Refused with 409 when the closing balance is another one by now than the customer was shown.',
    permission: 'receivables.chase',
    body: ConfirmStatement,
    response: Statement,
    example: {
      body: { from: '2026-09-26', to: '2026-10-25', closing: { amount: '0.00', currency: 'CNY' }, confirmedBy: '王小姐' },
    },
    run: confirmStatement,
  }),
]
