import { acronymsOf, type LatinName, skeleton } from './latin-name.ts'

const wordKey = (text: string) => `w:${skeleton(text)}`
const pairKey = (a: string, b: string) => `v:${[skeleton(a), skeleton(b)].sort().join(' ')}`

const mostWords = 6
const wordsAlone = 3

/** A single word is also found by its beginning and, with letters swapped or doubled, by what letters it has. */
const slipKeys = (word: string): string[] => (word.length > 4 ? [`p:${word.slice(0, 4)}`, `l:${[...new Set(word)].sort().join('')}`] : [])

/** The key of all words in one: what spelling variants have in common, and few other names. */
export const joinedKey = (name: LatinName): string => wordKey(name.joined)

/** Keys of a name written in letters, those that matter most first: initials of all words, words, pairs of words. */
export function latinKeys(name: LatinName): string[] {
  const telling = name.words.filter((part) => part.weight > 0.1).sort((a, b) => b.weight - a.weight)
  const words = [...new Set((telling.length > 0 ? telling : name.words).map((part) => part.text))].slice(0, mostWords)
  const pairs = words.flatMap((a, i) => words.slice(i + 1).map((b) => pairKey(a, b)))
  const [acronym] = acronymsOf(name).filter((letters) => letters.length > 2)
  return [
    ...(acronym ? [wordKey(acronym)] : []),
    ...words.slice(0, wordsAlone).map(wordKey),
    ...(words.length === 1 ? slipKeys(words[0]!) : [joinedKey(name)]),
    ...pairs,
    ...words.slice(wordsAlone).map(wordKey),
  ]
}
