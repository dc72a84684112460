import { visibleOwners } from '../identity/index.ts'
import type { Context } from '../kernel/context.ts'
import type { Filter } from '../kernel/paging.ts'

/** The values that a filter asks for with `eq` or `in`, each once; undefined when it does not name the field. */
export function askedFor(filter: Filter, field: string): string[] | undefined {
  const { eq, in: several } = filter[field] ?? {}
  const asked = several === undefined ? undefined : [...new Set(several.split(','))]
  if (eq === undefined) return asked
  return asked === undefined || asked.includes(eq) ? [eq] : []
}

/** The persons that a filter asks for, each once; `me` is the caller. */
export function askedPersons(ctx: Context, filter: Filter, field: string): string[] | undefined {
  const asked = askedFor(filter, field)?.map((id) => (id === 'me' ? (ctx.actor.userId ?? id) : id))
  return asked && [...new Set(asked)]
}

/** Whose lists to read: everybody's together, or those of the persons asked for that the caller may see. */
export async function whoseLists(ctx: Context, filter: Filter, field: string): Promise<'all' | string[]> {
  const visible = await visibleOwners(ctx)
  const asked = askedPersons(ctx, filter, field)
  if (!asked) return visible === 'all' ? 'all' : [...visible]
  return asked.filter((id) => visible === 'all' || visible.has(id))
}
