import { Credit, readCredit } from '../../../domain/finance/credit/read-credit.ts'
import { route } from '../route.ts'

export const creditRoutes = [
  route({
    method: 'GET',
    path: '/v1/customers/{id}/credit',
    summary: "Get a customer's credit",
    description:
      'Limit, exposure and what is overdue today, in the currency of the firm: open receivables less what is unallocated, what confirmed orders still come to, and acceptance bills until they mature.',
    permission: 'credit.read',
    response: Credit,
    run: readCredit,
  }),
]
