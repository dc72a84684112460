import { expect, test } from 'vitest'
import { teamAfter } from '../../../domain/parties/handover/team-after.ts'

const task = { fromUserId: 'leaver', toUserId: 'next' }
const member = (userId: string, access: 'read' | 'write', until?: string) => ({ userId, access, ...(until ? { until } : {}) })
const other = member('other', 'read')

test.each([
  ['who is not in the team takes the place as it is', [member('leaver', 'write', '2027-01-01')], [member('next', 'write', '2027-01-01')]],
  ['who reads may write as the leaver did', [member('next', 'read'), member('leaver', 'write')], [member('next', 'write')]],
  ['who writes goes on writing', [member('next', 'write'), member('leaver', 'read')], [member('next', 'write')]],
  ['two who read are one who reads', [member('next', 'read'), member('leaver', 'read')], [member('next', 'read')]],
  [
    'the longer of two times counts',
    [member('next', 'read', '2026-12-01'), member('leaver', 'read', '2027-01-01')],
    [member('next', 'read', '2027-01-01')],
  ],
  ['no end is the longest', [member('next', 'read', '2026-12-01'), member('leaver', 'read')], [member('next', 'read')]],
])('when a leaver hands over a place in a team, %s', (_, before, after) => {
  expect(teamAfter({ teamMembers: [other, ...before] }, task)).toEqual([other, ...after])
})

test('the owner of a customer needs no place in its team', () => {
  expect(teamAfter({ teamMembers: [other, member('leaver', 'write')], ownerId: 'next' }, task)).toEqual([other])
})
