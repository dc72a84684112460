import type { Customer } from '../customer/customer.ts'
import type { Task } from './mover.ts'

type Member = NonNullable<Customer['teamMembers']>[number]

/** The longer of two times in a team; without an end is the longest. */
const longer = (a: Member, b: Member) => (!a.until || !b.until ? {} : { until: [a.until, b.until].sort().at(-1)! })

/** The team with the receiver in the place of the leaver; who is in it already gets the wider of both rights. */
export function teamAfter(
  { teamMembers = [], ownerId }: Pick<Customer, 'teamMembers' | 'ownerId'>,
  { fromUserId, toUserId }: Pick<Task, 'fromUserId' | 'toUserId'>,
): Member[] {
  const leaver = teamMembers.find((member) => member.userId === fromUserId)!
  const others = teamMembers.filter((member) => member.userId !== fromUserId)
  if (ownerId === toUserId) return others
  const there = others.find((member) => member.userId === toUserId)
  if (!there) return [...others, { ...leaver, userId: toUserId }]
  const access = there.access === 'write' || leaver.access === 'write' ? ('write' as const) : ('read' as const)
  const wider: Member = { userId: toUserId, access, ...longer(there, leaver) }
  return others.map((member) => (member === there ? wider : member))
}
