import { remember } from '../../kernel/remember.ts'
import { type ReadName, readName } from './compare-names.ts'
import { bestNameMatch } from './judge-candidate.ts'
import type { NameMatch } from './name-match.ts'

/** So many are looked at closely. */
const looked = 40

/** So many names are kept as they were read: in an import the same ones are candidates again and again. */
const mostKept = 5000
const keptName = remember(mostKept, (text) => readName(text.split(' ')))
const readAgain = (words: readonly string[]): ReadName => keptName(words.join(' '))

const partsOf = (name: ReadName): string[] => name.han?.parts ?? []

/** Share of the characters of a name that stand in the text, in any order: cheap, and never low for a good candidate. */
function overlap(asked: readonly ReadName[], text: string): number {
  let best = 0
  for (const name of asked) {
    const parts = partsOf(name)
    if (parts.length === 0) return 1
    let hits = 0
    for (const part of parts) if (text.includes(part)) hits++
    best = Math.max(best, hits / Math.min(parts.length, text.length))
  }
  return best
}

/** The candidates whose names are most like the asked ones, best first; `isWorth` says of which likenesses. */
export function shortlist(
  asked: readonly ReadName[],
  candidates: ReadonlyMap<string, readonly string[][]>,
  most: number,
  isWorth: (match: NameMatch) => boolean = () => true,
): string[] {
  const close = [...candidates]
    .map(([id, names]) => ({ id, names, share: overlap(asked, names.map((words) => words.join('')).join('|')) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, looked)
  return close
    .map(({ id, names }) => ({
      id,
      match: bestNameMatch(asked, names.map(readAgain)),
    }))
    .filter(({ match }) => match.score > 0 && isWorth(match))
    .sort((a, b) => b.match.score + (b.match.sure ? 0.1 : 0) - (a.match.score + (a.match.sure ? 0.1 : 0)))
    .slice(0, most)
    .map(({ id }) => id)
}
