import * as z from 'zod'
import { invalid } from '../../kernel/errors.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Email, Locale, line } from '../../kernel/text.ts'
import { permissions, roles } from '../permissions.ts'

export const UserId = idOf('usr').meta({ description: 'Id of a user', example: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const fields = {
  name: line(100),
  email: Email.meta({ description: 'Signs in with it and gets the reminder mail there; unique in the tenant.' }),
  roles: z.array(z.enum(roles)).min(1).max(roles.length).meta({ description: 'What the user may do and how far it sees.' }),
  managerId: UserId.meta({ description: 'Who sees the records of this user too; the line of managers has no circle.' }),
  department: line(100),
  locale: Locale.meta({ description: 'Language of mails and pages; the tenant decides when unset.' }),
  active: z.boolean().meta({ description: 'An inactive user can do nothing and gets no mail.' }),
  digestOnWorkingDaysOnly: z.boolean().meta({ description: 'No reminder mail on free days; what falls on one comes before it.' }),
}

const shapes = shapesOf('User', UserId, fields, ['name', 'email', 'roles'], {})
export const CreateUser = shapes.create
export const ChangeUser = shapes.patch
  .extend({ active: fields.active.optional(), digestOnWorkingDaysOnly: fields.digestOnWorkingDaysOnly.optional() })
  .meta({ id: 'ChangeUser' })
export const UserRecord = shapes.record.extend({ active: z.boolean(), digestOnWorkingDaysOnly: z.boolean(), tokenEpoch: z.int() })
export const User = shapes.resource.extend({ active: z.boolean(), digestOnWorkingDaysOnly: z.boolean() }).meta({ id: 'User' })
export type User = z.output<typeof UserRecord>

/** The caller itself: the person, and what it may do with this token or key. */
export const Me = User.extend({
  permissions: z.array(z.enum(permissions)).meta({ description: 'What the roles give and, for an API key, its scopes leave.' }),
  dataScope: z
    .enum(['own', 'team', 'all'])
    .meta({ description: 'Whose records the caller sees: the own ones, those of everyone below, all.' }),
}).meta({ id: 'Me' })

/** Everybody below a user by managerId, and the user (本人及下属). */
export function teamOf(users: readonly User[], userId: string): Set<string> {
  const team = new Set([userId])
  for (let size = 0; size < team.size; ) {
    size = team.size
    for (const user of users) if (user.managerId && team.has(user.managerId)) team.add(user.id)
  }
  return team
}

/** The line of managers from a user up, that user first; empty when there is no such user. */
export function managersAbove(users: readonly User[], userId: string): User[] {
  const line: User[] = []
  for (let id: string | undefined | null = userId; id; ) {
    const manager = users.find((user) => user.id === id)
    if (!manager || line.includes(manager)) break
    line.push(manager)
    id = manager.managerId
  }
  return line
}

/** 422 when the new manager is the user or stands below. */
export function requireNoCircle(users: readonly User[], userId: string, managerId: string): void {
  if (teamOf(users, userId).has(managerId))
    throw invalid('user.manager-circle', '/managerId', 'The manager stands below this user, which would make a circle.')
}
