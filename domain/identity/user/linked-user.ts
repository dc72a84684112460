import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { knownUsers } from './team.ts'
import { allUsers } from './user.table.ts'
import type { User } from './user.ts'

/** What people call a colleague by in a sheet. */
const userKeys = ['id', 'externalId', 'email', 'name'] as const

const unknown = (key: string, value: string, field: string) =>
  new Problem(
    'invalid',
    'row.link-unknown',
    `There is no user whose ${key} is ${JSON.stringify(value.slice(0, 100))}. Add the user first, or correct the cell.`,
    {
      errors: [{ pointer: `/${field}`, code: 'row.link-unknown', message: 'No such user.' }],
    },
  )

const ambiguous = (value: string, field: string) =>
  new Problem(
    'invalid',
    'row.link-ambiguous',
    `Several users are called ${JSON.stringify(value.slice(0, 100))}. Name the e-mail address.`,
    {
      errors: [{ pointer: `/${field}`, code: 'row.link-ambiguous', message: 'Several users have this name.' }],
    },
  )

/**
 * The user that a row names as `<prefix>.<key>`, e.g. `owner.email`; undefined when it names none. 422 `row.link-unknown`
 * or `row.link-ambiguous` at the field. Who is not known yet is looked for once more, consistently.
 */
export async function linkedUser(ctx: Context, values: Record<string, unknown>, prefix: string): Promise<User | undefined> {
  const key = userKeys.find((name) => values[`${prefix}.${name}`] !== undefined)
  if (!key) return undefined
  const field = `${prefix}.${key}`
  const wanted = String(values[field])
  const isMeant = (user: User) => (key === 'email' ? user.email === wanted.toLowerCase() : user[key] === wanted)
  const known = (await knownUsers(ctx)).filter(isMeant)
  const found = known.length > 0 ? known : (await allUsers(ctx, { consistent: true })).filter(isMeant)
  if (found.length > 1) throw ambiguous(wanted, field)
  if (!found[0]) throw unknown(key, wanted, field)
  return found[0]
}
