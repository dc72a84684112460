import { invalid } from '../../kernel/errors.ts'
import { lineIdOf, placeOf } from './line.ts'

/**
 * Ids of the lines of a document: those that were there keep theirs, new ones get the next places, which are never given twice.
 * 422 `line.unknown-id` for an id that no line of the document has, `line.duplicate-id` for one that comes twice.
 */
export function withLineIds<L extends { id?: string | undefined }>(
  lines: readonly L[],
  documentId: string,
  former: readonly { id: string }[] = [],
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
  let last = Math.max(0, ...former.map(({ id }) => placeOf(id)))
  return lines.map((line) => ({ ...line, id: line.id ?? lineIdOf(documentId, ++last) }))
}
