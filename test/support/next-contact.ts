import type { Context } from '../../domain/kernel/context.ts'
import { customerPartition, customers } from '../../domain/parties/customer/customer.table.ts'
import { followUps } from '../../domain/parties/follow-up/follow-up.table.ts'
import { recordOf } from '../../domain/store/entity.ts'
import { queryAll } from '../../domain/store/query.ts'
import { find } from '../../domain/store/read.ts'

const inOrder = <T extends { id: string }>(all: T[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1))

/** What is open of a customer in each of the three places that know it: its follow-ups, its own item, the due entries of all users. */
export async function whatIsOpen(ctx: Context, customerId: string, userIds: string[]) {
  const items = await queryAll(ctx, { partition: customerPartition(customerId), prefix: ['FUP'] }, { consistent: true })
  const open = items
    .map((item) => recordOf(followUps, item))
    .filter((followUp) => followUp.status === 'open')
    .map(({ id, dueOn, ownerId, subject }) => ({ id, dueOn, ownerId, subject }))
  const customer = await find(ctx, customers, customerId, { consistent: true })
  const due = await Promise.all(
    userIds.map(async (ownerId) =>
      (await queryAll(ctx, { partition: ['DUE', ownerId] }, { consistent: true }))
        .filter((item) => item.customerId === customerId)
        .map((item) => ({ id: item.id as string, dueOn: item.on as string, ownerId, subject: item.subject as string })),
    ),
  )
  return {
    followUps: inOrder(open),
    customer: inOrder(customer?.openFollowUps ?? []),
    due: inOrder(due.flat()),
    next: customer?.openFollowUps?.[0]?.dueOn,
  }
}
