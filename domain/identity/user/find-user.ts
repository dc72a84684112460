import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import type { Write } from '../../store/write.ts'
import { users } from './user.table.ts'
import type { User } from './user.ts'

/** A user as it is now, read consistently, when a decision rests on it. */
export const findUser = (ctx: Context, id: string): Promise<User | undefined> => find(ctx, users, id, { consistent: true })

/** A user who must still be as it was read when the commit is written. */
export const holdUser = (user: User): Write => users.keep(user)
