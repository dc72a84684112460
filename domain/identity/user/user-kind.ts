import type { RecordKind } from '../../kernel/record-kind.ts'
import { changeUser, createUser, getUser } from './change-user.ts'
import { ChangeUser, CreateUser, type User } from './user.ts'

/** Users are never deleted: what they did keeps their name. */
export const userKind: RecordKind<User> = {
  name: 'users',
  noun: 'user',
  Create: CreateUser,
  Change: ChangeUser,
  permissions: { read: 'users.read', write: 'users.write' },
  get: getUser,
  create: createUser,
  change: changeUser,
}
