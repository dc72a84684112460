import { remember } from '../../kernel/remember.ts'
import { type ReadName, readName } from './compare-names.ts'
import { namesInEntry } from './entry.ts'
import { isHan } from './fold-text.ts'
import { bestNameMatch } from './judge-candidate.ts'
import type { NameMatch } from './name-match.ts'

/** So many are looked at closely. */
const looked = 40

/** So many names are kept as they were read: in an import the same ones are candidates again and again. */
const mostKept = 5000
const keptName = remember(mostKept, (text) => readName(text.split(' ')))

const withoutSpaces = (text: string): string => text.replaceAll(' ', '')

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

/** Names of which one is a form of the other, or that differ by slips, have at least so much of each other. */
const leastWarned = 0.4

/** False for names that have too little of each other to warn of; a name typed by its sound has no character of the other. */
const mayWarnOf = (asked: readonly ReadName[], names: readonly string[]): boolean =>
  names.some((name) => !isHan(name) || overlap(asked, withoutSpaces(name)) >= leastWarned)

interface Choice {
  /** Which likenesses are worth being looked at; `text` is what the entry keeps. */
  isWorth(match: NameMatch, text: string): boolean
  /** Only what may be warned of: what is unlike in writing need not be compared. */
  warnings: boolean
}

const all: Choice = { isWorth: () => true, warnings: false }

/** The candidates, by their names as an entry keeps them (`entryText`), whose names are most like the asked ones, best first. */
export function shortlist(
  asked: readonly ReadName[],
  candidates: ReadonlyMap<string, string>,
  most: number,
  { isWorth, warnings }: Choice = all,
): string[] {
  const close = [...candidates]
    .map(([id, text]) => ({ id, text, share: overlap(asked, withoutSpaces(text)) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, looked)
    .map(({ id, text }) => ({ id, text, names: namesInEntry(text) }))
    .filter(({ names }) => !warnings || mayWarnOf(asked, names))
  return close
    .map(({ id, text, names }) => ({ id, text, match: bestNameMatch(asked, names.map(keptName)) }))
    .filter(({ text, match }) => match.score > 0 && isWorth(match, text))
    .sort((a, b) => b.match.score + (b.match.sure ? 0.1 : 0) - (a.match.score + (a.match.sure ? 0.1 : 0)))
    .slice(0, most)
    .map(({ id }) => id)
}
