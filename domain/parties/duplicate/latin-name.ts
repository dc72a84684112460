import { commonWords, expansions, stopWords } from './words/english.ts'

interface LatinWord {
  text: string
  weight: number
}

/** A name written in letters: its words, written out where they are abbreviated, with what each counts for. */
export interface LatinName {
  words: LatinWord[]
  /** All letters in one, for comparing names that are split otherwise. */
  joined: string
}

const weightOfStop = 0.08
const weightOfPlace = 0.2
const weightOfCommon = 0.4

function weightOf(text: string, places: ReadonlySet<string>): number {
  if (stopWords.has(text)) return weightOfStop
  if (places.has(text)) return weightOfPlace
  if (commonWords.has(text)) return weightOfCommon
  return text.length === 1 ? 0.5 : 1
}

/** Reads the words of a name (see `nameWords`); `places` are words of its own address, which tell little. */
export function latinName(words: readonly string[], places: ReadonlySet<string> = new Set()): LatinName {
  const full = words.map((word) => expansions.get(word) ?? word)
  const read = full.map((text) => ({ text, weight: weightOf(text, places) }))
  return {
    words: read,
    joined: read
      .filter((word) => !stopWords.has(word.text))
      .map((word) => word.text)
      .join(''),
  }
}

/** The first letters of the words that count, and with the small words: ibm, uofc. */
export function acronymsOf(name: LatinName): string[] {
  const strong = name.words.filter((word) => word.weight > weightOfStop)
  const initials = (words: LatinWord[]) => words.map((word) => word.text[0]).join('')
  return [...new Set([initials(strong), initials(name.words)])].filter((letters) => letters.length >= 2 && letters.length <= 8)
}

/** The consonants by which a word is found in spite of a slip: mortons and morton, siemens and simens are mrtn and smns. */
export function skeleton(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word
  const single = word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
  const bare = single[0] + single.slice(1).replace(/[aeiouyhw]/g, '')
  return bare.replace(/(.)\1+/g, '$1').slice(0, 6)
}
