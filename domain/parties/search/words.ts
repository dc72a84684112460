import { invalid } from '../../kernel/errors.ts'
import { heardIn } from '../../kernel/pinyin.ts'
import { digitsOf, folded } from '../../kernel/search-fields.ts'

/** A word of a text search: found as it is written, when it is a number among the digits of phones, in letters by the sound of a name. */
export interface Word {
  text: string
  digits?: string
  isHeardIn?: (name: string) => boolean
}

const mostWords = 8
const inLetters = /^[a-z]{2,}$/
const phoneLike = /^[+()\-./\d]+$/

/** The words of a text search; each must be found. 422 above eight. */
export function wordsOf(text: string | null | undefined): Word[] {
  const words = folded(text ?? '')
    .split(/\s+/)
    .filter(Boolean)
  if (words.length > mostWords) throw invalid('search.too-many-words', '/text', `A text search has at most ${mostWords} words.`)
  return words.map((word) => {
    if (inLetters.test(word)) return { text: word, isHeardIn: heardIn(word) }
    const digits = digitsOf(word)
    return phoneLike.test(word) && digits.length >= 2 ? { text: word, digits } : { text: word }
  })
}

/** What words are looked for in; all of it is folded already. */
interface Searched {
  texts: readonly string[]
  phones?: readonly string[]
  /** Also found by their sound: 广东 by guangdong and gd. */
  names?: readonly string[]
}

/** Which of the words are found, as bits. Names are read aloud only where nothing is found as it is written. */
export function bitsOf(words: readonly Word[], { texts, phones = [], names = [] }: Searched): number {
  let bits = 0
  for (const [i, { text, digits, isHeardIn }] of words.entries())
    if (
      texts.some((one) => one.includes(text)) ||
      (digits && phones.some((one) => one.includes(digits))) ||
      (isHeardIn && names.some(isHeardIn))
    )
      bits |= 1 << i
  return bits
}

/** The bits of all words. */
export const allBits = (words: readonly Word[]): number => (1 << words.length) - 1
