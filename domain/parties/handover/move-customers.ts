import { CustomerChanged } from '../../../events/parties.ts'
import type { Context } from '../../kernel/context.ts'
import type { Item } from '../../store/item.ts'
import { queryPage } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { customers, customersOf } from '../customer/customer.table.ts'
import type { Customer } from '../customer/customer.ts'
import { ownerChanged } from '../ownership/owner-changed.ts'
import { ownedBy } from '../ownership/ownership.ts'
import { counted, type Mover } from './mover.ts'
import { teamAfter } from './team-after.ts'

/** A page of the leaver's list, read again consistently: the list may lag behind what was moved already. */
async function listed(ctx: Context, fromUserId: string, after: string | undefined, most: number, wanted: (item: Item) => boolean) {
  const { items, more } = await queryPage(ctx, { index: 'gsi2', partition: customersOf(fromUserId) }, { limit: most, after })
  const ids = items.filter(wanted).map((item) => (item.ref ?? item.id) as string)
  const next = more ? (items.at(-1)?.gsi2sk as string | undefined) : undefined
  return { read: await findInOrder(ctx, customers, ids, { consistent: true }), next }
}

const isPointer = (item: Item) => item.entity === 'pointer'

/** Customers of the leaver: whatever their lock and whatever the cap of who gets them, since somebody must have them. */
export const moveCustomers: Mover = {
  kind: 'customers',
  most: 8,
  async page(ctx, { fromUserId, receiverOf }, after, most) {
    const { read, next } = await listed(ctx, fromUserId, after, most, (item) => !isPointer(item))
    const owned = read.filter((customer) => customer.ownerId === fromUserId)
    const moves = owned.map((customer) => ({ customer, moved: ownedBy(customer, receiverOf(customer), ctx.now()) }))
    return {
      counts: counted(moves.map(({ moved }) => moved.ownerId!)),
      writes: moves.map(({ customer, moved }) => customers.replace(ctx, customer, moved)),
      events: moves.map(({ customer, moved }) => ownerChanged(customer, moved, 'handed-over')),
      id: read[0]?.id,
      after: next,
    }
  },
}

/** Places in the teams of customers that somebody else owns. */
export const moveTeamMemberships: Mover = {
  kind: 'team-memberships',
  most: 15,
  async page(ctx, task, after, most) {
    const { read, next } = await listed(ctx, task.fromUserId, after, most, isPointer)
    const members = read.filter(({ teamMembers = [] }) => teamMembers.some(({ userId }) => userId === task.fromUserId))
    const subject = ({ id }: Customer) => ({ type: 'customer', id, customerId: id })
    return {
      counts: counted(members.map(() => task.toUserId)),
      writes: members.map((customer) => customers.replace(ctx, customer, { ...customer, teamMembers: teamAfter(customer, task) })),
      events: members.map((customer) => CustomerChanged(subject(customer), { changed: ['teamMembers'] })),
      id: read[0]?.id,
      after: next,
    }
  },
}
