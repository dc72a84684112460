import { byClients, type Load, loaded, prepared } from './client.ts'
import type { Crm } from './crm.ts'
import { customerOf } from './customers.ts'

const rounds = 20

/**
 * In each round every client pays one receivable in full at the same moment: one must be taken, the others be told that there is
 * nothing left. `lost` counts rounds in which not exactly one was taken or the receivable was settled by more than it is.
 */
export async function paying(crm: Crm, clients: number): Promise<Load> {
  const customerId = await customerOf(crm)
  const owed = await byClients(1, rounds, async (n) => `${(await prepared(crm.createReceivable(customerId, `W${clients}-${n}`))).id}`)
  let lost = 0
  const load = await loaded(`payments of one receivable at once, ${clients} clients`, async () => {
    const answers = []
    for (const receivableId of owed) {
      const paid = await Promise.all(Array.from({ length: clients }, () => crm.pay(customerId, receivableId)))
      const left = await crm.outstanding(receivableId)
      if (paid.filter(({ status }) => status < 400).length !== 1 || left !== 0) lost += 1
      // A refusal for want of anything left is the right answer.
      answers.push(...paid.map((sent) => ({ ...sent, status: sent.status === 409 ? 200 : sent.status })))
    }
    return answers
  })
  return { ...load, lost }
}
