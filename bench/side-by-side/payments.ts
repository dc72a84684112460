import { byClients, type Call, type Load, loaded, prepared } from './client.ts'
import { newCustomer } from './customers.ts'

const rounds = 20

/**
 * In each round every client pays one receivable in full at the same moment: one must be taken, the others be told that there is
 * nothing left. `lost` counts rounds in which not exactly one was taken or the receivable was settled by more than it is.
 */
export async function paying(call: Call, clients: number): Promise<Load> {
  const { id: customerId } = await prepared(call('POST', '/v1/customers', newCustomer()))
  const owed = await byClients(1, rounds, async (n) => {
    const amount = { amount: '1000.00', currency: 'CNY' }
    const { id } = await prepared(
      call('POST', '/v1/receivables', { customerId, number: `W${clients}-${n}`, issuedOn: '2026-01-01', dueOn: '2026-02-01', amount }),
    )
    return `${id}`
  })
  let lost = 0
  const load = await loaded(`payments of one receivable at once, ${clients} clients`, async () => {
    const answers = []
    for (const receivableId of owed) {
      const paid = await Promise.all(Array.from({ length: clients }, () => pay(call, customerId, receivableId)))
      const { outstanding } = (await call('GET', `/v1/receivables/${receivableId}`)).answer as { outstanding: { amount: string } }
      if (paid.filter(({ status }) => status === 201).length !== 1 || Number(outstanding.amount) !== 0) lost += 1
      // A refusal for want of anything left is the right answer.
      answers.push(...paid.map((sent) => ({ ...sent, status: sent.status === 409 ? 200 : sent.status })))
    }
    return answers
  })
  return { ...load, lost }
}

const pay = (call: Call, customerId: unknown, receivableId: string) => {
  const amount = { amount: '1000.00', currency: 'CNY' }
  return call('POST', '/v1/receipts', {
    customerId,
    receivedOn: '2026-02-01',
    amount,
    method: 'bank',
    allocations: [{ receivableId, amount }],
  })
}
