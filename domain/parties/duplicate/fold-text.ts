import { simplified } from './words/traditional.ts'

const letters: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ı: 'i', þ: 'th', ð: 'd' }
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'g')

/** One way of writing: full width, case, accents and traditional characters do not count. */
export function foldText(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase()
  if (/^[\x20-\x7e]*$/.test(plain)) return plain
  const bare = plain
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(special, (letter) => letters[letter]!)
  let folded = ''
  for (const character of bare) folded += simplified(character)
  return folded
}

/** True for Chinese characters and kana, which are written without spaces. */
export const isHan = (text: string): boolean => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ー]/u.test(text)

const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ー]+|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+|\p{N}+/gu
const word = /[\p{L}\p{M}\p{N}]+/gu

/**
 * The words of a folded text: Latin words and numbers as they are, and what stands in Chinese without the spaces and
 * brackets in between. Dots of abbreviations (s.p.a., b. v.) and apostrophes join what they stand in.
 */
export function wordsOf(folded: string): string[] {
  const joined = folded
    .replace(/['’‘`´＇]/g, '')
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.\s*){2,}/gu, (letters) => `${letters.replace(/[.\s]/g, '')} `)
    .replace(/(?<![\p{L}\p{N}])((?:\p{L}\.)+\p{L})(?![\p{L}\p{N}])/gu, (letters) => letters.replaceAll('.', ''))
    .replace(/[&+]/g, ' and ')
  const words: string[] = []
  for (const part of joined.match(word) ?? [])
    for (const piece of isHan(part) ? (part.match(token) ?? []) : [part]) {
      const last = words.at(-1)
      if (last !== undefined && isHan(last) && isHan(piece)) words[words.length - 1] = last + piece
      else words.push(piece)
    }
  return words
}
