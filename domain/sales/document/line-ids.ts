import { invalid } from '../../kernel/errors.ts'
import { lineIdOf, placeOf } from './line.ts'

/** The last place that was ever given to a line of a document. */
const lastPlaceOf = ({ lines, lastPlace = 0 }: { lines: readonly { id: string }[]; lastPlace?: number | undefined }): number =>
  Math.max(lastPlace, ...lines.map(({ id }) => placeOf(id)))

/** What a document remembers of lines that are gone: the last place that was given, where none of its lines says it. */
export function placesKept<D extends { lines: readonly { id: string }[]; lastPlace?: number | undefined }>(before: D, after: D): D {
  const last = lastPlaceOf(before)
  return last > lastPlaceOf(after) ? { ...after, lastPlace: last } : after
}

/**
 * Ids of the lines of a document: those that were there keep theirs, new ones get the next places, which are never given twice:
 * `lastPlace` is the last one that was given when that line is gone.
 * 422 `line.unknown-id` for an id that no line of the document has, `line.duplicate-id` for one that comes twice.
 */
export function withLineIds<L extends { id?: string | undefined }>(
  lines: readonly L[],
  documentId: string,
  former: readonly { id: string }[] = [],
  lastPlace = 0,
): (L & { id: string })[] {
  const known = new Set(former.map(({ id }) => id))
  const seen = new Set<string>()
  for (const [i, { id }] of lines.entries()) {
    if (id === undefined) continue
    if (!known.has(id))
      throw invalid('line.unknown-id', `/lines/${i}/id`, 'This document has no such line. Leave the id out for a new one.')
    if (seen.has(id)) throw invalid('line.duplicate-id', `/lines/${i}/id`, 'Another line has this id.')
    seen.add(id)
  }
  let last = lastPlaceOf({ lines: former, lastPlace })
  return lines.map((line) => ({ ...line, id: line.id ?? lineIdOf(documentId, ++last) }))
}
