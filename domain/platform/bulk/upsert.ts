import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import { parseInput } from '../../kernel/parse-input.ts'
import type { KindRecord, RecordKind } from '../../kernel/record-kind.ts'
import { findGuarded } from '../../store/guard.ts'

export interface Upserted<R> {
  record: R
  created: boolean
}

/** A new record's fields under the caller's own key, with the version that is meant where the record exists. */
interface Upsert {
  externalId: string
  input: Record<string, unknown>
  ifMatch?: string | undefined
}

/** The id behind the caller's own key. Consistent: what was created a moment ago must not be created again. */
export const idOf = (ctx: Context, kind: RecordKind, externalId: string): Promise<string | undefined> =>
  findGuarded(ctx, `${kind.noun}-external-id`, externalId, true)

/**
 * The record that overtook a create which was refused: of two creates with one key the loser may hear first of another value
 * that both have, an e-mail address or a tax number.
 */
export const winnerOf = async (ctx: Context, kind: RecordKind, externalId: string, error: unknown): Promise<string | undefined> =>
  error instanceof Problem && error.kind === 'conflict' ? idOf(ctx, kind, externalId) : undefined

/** What can be changed of the input. 422 `<noun>.field-fixed` for what can only be set on create and differs. */
export async function changesOf<R extends KindRecord>(ctx: Context, kind: RecordKind<R>, id: string, input: Record<string, unknown>) {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined)
  const isFixed = ([name]: [string, unknown]) => !Object.hasOwn(kind.Change.shape, name)
  const fixed = entries.filter(isFixed)
  const current = fixed.length > 0 ? ((await kind.get(ctx, { id })) as Record<string, unknown>) : {}
  const differs = fixed.find(([name, value]) => !isDeepStrictEqual(current[name] ?? null, value))
  if (differs)
    throw invalid(
      `${kind.noun}.field-fixed`,
      `/${differs[0]}`,
      'This is set when the record is created and stays. Leave it out or send what it is.',
    )
  return parseInput(kind.Change, Object.fromEntries(entries.filter((entry) => !isFixed(entry))))
}

/** Another field than externalId by which records are told apart, with the use case's way to find its holder. */
interface UniqueField {
  name: string
  find(ctx: Context, value: string): Promise<string | undefined>
}

/** The value of an address, held to what the field takes in a body (422): it is stored like any other. */
const heldValue = (kind: RecordKind, name: string, value: string): string =>
  parseInput(z.object({ [name]: kind.Create.shape[name] as z.ZodType<string> }), { [name]: value })[name]!

/** The record with a unique value is created, or changed by merge when there is one. */
export async function upsertBy<R extends KindRecord>(
  ctx: Context,
  kind: RecordKind<R>,
  { name, find }: UniqueField,
  { value: asked, input, ifMatch }: { value: string; input: Record<string, unknown>; ifMatch?: string | undefined },
): Promise<Upserted<R>> {
  const value = heldValue(kind, name, asked)
  const given = { ...input, [name]: value }
  const change = async (id: string): Promise<Upserted<R>> => {
    const changes = (await changesOf(ctx, kind, id, given)) as never
    return { record: await kind.change(ctx, { id, changes, ifMatch }), created: false }
  }
  const id = await find(ctx, value)
  if (id) return change(id)
  if (ifMatch !== undefined) throw notFound(kind.noun)
  try {
    return { record: await kind.create(ctx, given as never), created: true }
  } catch (error) {
    const winner = error instanceof Problem && error.kind === 'conflict' ? await find(ctx, value) : undefined
    if (winner) return change(winner)
    throw error
  }
}

/**
 * Creates the record with that externalId, or changes it by merge when there is one: what is left out stays. 404 when it is
 * out of the caller's sight, 422 for another externalId in the body or a fixed field that differs.
 */
export async function upsert<R extends KindRecord>(
  ctx: Context,
  kind: RecordKind<R>,
  { externalId, ...rest }: Upsert,
): Promise<Upserted<R>> {
  if (rest.input.externalId !== undefined && rest.input.externalId !== externalId)
    throw invalid('external-id.differs', '/externalId', 'The address names another externalId. Leave it out of the body.')
  const find = (own: Context, value: string) => idOf(own, kind, value)
  return upsertBy(ctx, kind, { name: 'externalId', find }, { value: externalId, ...rest })
}
