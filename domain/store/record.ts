import type { Context } from '../kernel/context.ts'
import { Problem } from '../kernel/errors.ts'
import type { Stored } from './entity-definition.ts'

/** What a new record starts with. */
export function newRecord(ctx: Context, prefix: string, within?: string): Stored {
  const now = ctx.now()
  return { id: ctx.newId(prefix, within), version: 1, createdAt: now, createdBy: ctx.actor.id, updatedAt: now }
}

/** `*`, a tag as we answer it, another's or a weak one, which fit nothing, and a version whose quotes were forgotten. */
const entityTag = /^(\*|(W\/)?"[\x21\x23-\x7e\x80-\xff]*"|\d{1,15})$/

/** 412 with the current value when the caller's If-Match is not the present version. */
export function requireVersion(record: Stored, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return
  const tags = ifMatch.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => entityTag.test(tag)))
    throw new Problem(
      'malformed',
      'if-match.malformed',
      `If-Match takes the ETag of the record as it was answered, such as "${record.version}", or *.`,
    )
  if (tags.some((tag) => tag === '*' || tag === `"${record.version}"` || tag === String(record.version))) return
  throw new Problem(
    'version-mismatch',
    'version.mismatch',
    `The record is at version ${record.version} by now. Read it again and repeat your change.`,
    {
      extra: { current: record },
    },
  )
}
