import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { defineEntity, recordOf } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { queryAll } from '../../store/query.ts'
import type { ReadOptions } from '../../store/read-items.ts'
import type { User } from './user.ts'

export const usersPartition = ['USERS']

/** All users of a tenant share one partition: the team tree is one Query. */
export const users = defineEntity<User>({
  type: 'user',
  prefix: 'usr',
  schemaVersion: 1,
  key: (id) => ({ pk: usersPartition, sk: [id] }),
  guards: (user) => [
    {
      name: 'user-email',
      value: user.email,
      taken: () =>
        new Problem('conflict', 'user.email-taken', 'Another user has this e-mail address.', {
          errors: [{ pointer: '/email', code: 'user.email-taken', message: 'Another user has it.' }],
        }),
    },
    ...externalIdGuard('user', user.externalId),
  ],
})

/** Access pattern: all users of the tenant, oldest first; one Query, 0.5 RRU per ten users. */
export const allUsers = async (ctx: Context, options: ReadOptions = {}): Promise<User[]> =>
  (await queryAll(ctx, { partition: usersPartition }, options)).map((item) => recordOf(users, item))
