import { firmName } from '../../test/support/firm-names.ts'
import { byClients, type Load, loaded, prepared } from './client.ts'
import type { Crm } from './crm.ts'

const debtors = 500
const clients = 8

/** 500 customers are reminded of what is overdue, and the same run again on the next day: nobody gets a second mail. */
export async function reminding(crm: Crm): Promise<Load[]> {
  await byClients(clients, debtors, (n) =>
    prepared(crm.createDebtor({ name: firmName(), externalId: `debtor-${n}`, email: `ap${n}@debtor${n}.example` })),
  )
  await crm.settled()
  const run = async (name: string, day: number): Promise<Load> => {
    const load = await loaded(name, async () => {
      const started = performance.now()
      await crm.remind(day)
      return [{ status: 200, answer: {}, milliseconds: performance.now() - started }]
    })
    return { ...load, lost: Math.abs((await crm.mailsSent()) - debtors) }
  }
  return [await run(`${debtors} reminder mails`, 0), await run('the same run again, a day later', 1)]
}
