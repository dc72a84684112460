import { invalid } from '../../kernel/errors.ts'
import { digitsOf, folded } from '../../kernel/search-fields.ts'

/** A word of a text search: found as it is written, or, when it is a number, among the digits of phones. */
export interface Word {
  text: string
  digits?: string
}

const mostWords = 8
const phoneLike = /^[+()\-./\d]+$/

/** The words of a text search; each must be found. 422 above eight. */
export function wordsOf(text: string | null | undefined): Word[] {
  const words = folded(text ?? '')
    .split(/\s+/)
    .filter(Boolean)
  if (words.length > mostWords) throw invalid('search.too-many-words', '/text', `A text search has at most ${mostWords} words.`)
  return words.map((word) => {
    const digits = digitsOf(word)
    return phoneLike.test(word) && digits.length >= 2 ? { text: word, digits } : { text: word }
  })
}

/** Which of the words are found in these texts and phones, as bits. What is searched is folded already. */
export function bitsOf(words: readonly Word[], texts: readonly string[], phones: readonly string[]): number {
  let bits = 0
  for (const [i, { text, digits }] of words.entries())
    if (texts.some((one) => one.includes(text)) || (digits && phones.some((one) => one.includes(digits)))) bits |= 1 << i
  return bits
}

/** The bits of all words. */
export const allBits = (words: readonly Word[]): number => (1 << words.length) - 1
