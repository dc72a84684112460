import { initialsOf, pinyinOf } from '../../kernel/pinyin.ts'
import { compareHan } from './compare-han.ts'
import { compareLatin, slipSimilarity } from './compare-latin.ts'
import { isHan } from './fold-text.ts'
import { type HanName, hanName } from './han-name.ts'
import { type LatinName, latinName } from './latin-name.ts'
import { better, type NameMatch, noMatch } from './name-match.ts'
import { type Typed, typedName } from './read-pinyin.ts'

/** A name made ready to be compared with many. */
export interface ReadName {
  text: string
  han?: HanName
  /** Without 中国 where 中 follows: 中国中冶 is 中冶 is 中国冶金. */
  shorter?: HanName
  latin?: LatinName
  typed?: Typed | undefined
  /** Its numbers and number-like words, by which branches and works are told apart; and the one letter at its end. */
  marks: string
  letter?: string
}

/** Reads the words of a name (see `nameWords`); `places` are the words of its own address. */
export function readName(words: readonly string[], places?: ReadonlySet<string>): ReadName {
  const text = words.join('')
  const letter = words.at(-1)!.match(/(?:^|[^a-z\d])([a-z])$/)?.[1]
  const name = { text, marks: marksOf(words).join(' '), ...(letter ? { letter } : {}) }
  if (words.some(isHan)) {
    const short = text.startsWith('中国中') && text.length > 3 ? { shorter: hanName([text.slice(2)]) } : {}
    return { ...name, han: hanName(words), ...short }
  }
  return { ...name, latin: latinName(words, places), typed: typedName(words) }
}

const marksOf = (words: readonly string[]) => words.flatMap((word) => word.match(/[a-z]*\d[a-z\d]*/g) ?? []).sort()

/** True when both end in one letter and these differ: works A and works B. */
const otherLetter = (a: ReadName, b: ReadName) => a.letter !== undefined && b.letter !== undefined && a.letter !== b.letter

/**
 * How likely two names mean the same firm, by the names alone. Branch 12 and branch 13, works A and works B are never surely
 * the same.
 */
export function compareNames(a: ReadName, b: ReadName): NameMatch {
  if (a.text === b.text) return { score: 1, kind: 'equal', sure: true }
  const match = compared(a, b)
  return match.sure && (a.marks !== b.marks || otherLetter(a, b)) ? { ...match, sure: false } : match
}

function compared(a: ReadName, b: ReadName): NameMatch {
  if (a.han && b.han) {
    const match = compareHan(a.han, b.han)
    return a.shorter ? better(match, compareHan(a.shorter, b.han)) : match
  }
  if (a.latin && b.latin) return compareLatin(a.latin, b.latin)
  const typed = a.typed ?? b.typed
  const han = a.han ?? b.han
  return typed && han ? bySound(typed, han) : noMatch
}

const stemOf = (name: HanName): string =>
  name.units
    .filter((unit) => unit.kind !== 'region')
    .map((unit) => name.parts.slice(unit.at, unit.at + unit.length).join(''))
    .join('')

/** A name typed in letters against a Chinese one. Many firms share initials: those are never sure. */
function bySound(typed: Typed, name: HanName): NameMatch {
  const [all, stem] = [name.parts.join(''), stemOf(name)]
  if (!typed.isSound) {
    const [whole, part] = [initialsOf(all), initialsOf(stem)]
    return { score: Math.max(...typed.initials.map((one) => likeInitials(one, whole, part))), kind: 'initials', sure: false }
  }
  const [whole, part] = [pinyinOf(all), pinyinOf(stem)]
  const best = Math.max(...typed.sounds.map((sound) => Math.max(slipSimilarity(sound, whole), slipSimilarity(sound, part) * 0.97)))
  return { score: best > 0.7 ? best * 0.97 : best * 0.5, kind: 'sound', sure: best >= 0.97 && name.parts.length >= 4 }
}

function likeInitials(initials: string, whole: string, stem: string): number {
  if (initials === whole) return 0.9
  if (initials === stem) return 0.86
  const near = Math.max(slipSimilarity(initials, whole), slipSimilarity(initials, stem))
  return whole.startsWith(initials) || stem.startsWith(initials) ? Math.max(0.6, near * 0.8) : near * 0.7
}
