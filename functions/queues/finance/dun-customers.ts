import * as z from 'zod'
import { decideNotices, sendNotice } from '../../../domain/finance/dunning/dun-customers.ts'
import type { DunningGroup } from '../../../domain/finance/dunning/plan-dunning.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { logError } from '../../log.ts'
import { afterMail, mailContext } from '../../mail-worker.ts'
import { queueWorker } from '../../queue-worker.ts'

const queue = 'dun-customers'
const CustomerToDun = z.strictObject({ id: z.string(), receivables: z.array(z.string()) })
const Group = z.strictObject({ tenantId: z.string(), day: BusinessDate, customers: z.array(CustomerToDun).min(1) })

/** The dunning of some customers on one day. */
export const handler = queueWorker(Group, async (group) => dunCustomers(await mailContext(group.tenantId), group))

/**
 * Decides for all of them together, then sends one mail after the other. When something is wrong with one of several each becomes a
 * message of its own, so that a customer who ends in the dead letters holds up nobody else; what is decided and sent by then stays so.
 */
export async function dunCustomers(ctx: Context, group: DunningGroup): Promise<void> {
  const alone = group.customers.map((customer): DunningGroup => ({ ...group, customers: [customer] }))
  try {
    for (const decided of await retryStale(() => decideNotices(ctx, group))) {
      const isTold = ({ customers: [customer] }: DunningGroup) =>
        decided.notice.receivables.some((id) => customer!.receivables.includes(id))
      await afterMail(ctx, queue, alone.find(isTold)!, await sendNotice(ctx, decided))
    }
  } catch (error) {
    if (alone.length === 1) throw error
    logError('Customers are dunned one by one.', { tenantId: group.tenantId, day: group.day }, error)
    await ctx.enqueue(queue, alone)
  }
}
