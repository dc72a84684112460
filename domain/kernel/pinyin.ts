import { readings } from './pinyin-readings.ts'

/** Words in which a character is read otherwise than usual. */
const spoken: readonly (readonly [string, string])[] = [
  ['重庆', 'chong qing'],
  ['成长', 'cheng zhang'],
  ['增长', 'zeng zhang'],
  ['音乐', 'yin yue'],
  ['乐器', 'yue qi'],
  ['会计', 'kuai ji'],
  ['西藏', 'xi zang'],
  ['六安', 'lu an'],
  ['行者', 'xing zhe'],
  ['旅行', 'lu xing'],
  ['大厦', 'da sha'],
  ['番禺', 'pan yu'],
]

const spokenWords = new RegExp(spoken.map(([words]) => words).join('|'))

let table: Map<string, string> | undefined

/** Built when the first name is read aloud, not when the function starts. */
function reading(character: string): string | undefined {
  if (!table) {
    table = new Map()
    for (const group of readings.trim().split(/\s+/)) {
      const syllable = group.match(/^[a-z]+/)![0]
      for (const one of group.slice(syllable.length)) table.set(one, syllable.replace('v', 'u'))
    }
  }
  return table.get(character)
}

/** The syllables of a text, one for each character; what is not Chinese stands for itself. ü is written u. */
export function syllablesOf(text: string): string[] {
  const characters = [...text]
  const parts = characters.map((character) => reading(character) ?? (character === 'v' ? 'u' : character))
  if (spokenWords.test(text))
    for (const [words, sound] of spoken) {
      const at = text.includes(words) ? characters.findIndex((_, i) => characters.slice(i, i + words.length).join('') === words) : -1
      if (at >= 0) parts.splice(at, words.length, ...sound.split(' '))
    }
  return parts
}

/** 特发信息 -> tefaxinxi */
export const pinyinOf = (text: string): string => syllablesOf(text).join('')

/** 特发信息 -> tfxx */
export const initialsOf = (text: string): string =>
  syllablesOf(text)
    .map((syllable) => syllable[0]!)
    .join('')

/** Set where a word may begin that is read otherwise than its characters. */
const mayBeSpoken = 0x80

/** The first letter of each character's sound, by its code: hundreds of thousands of characters are judged in one search. */
let letters: Uint8Array | undefined

function firstLetters(): Uint8Array {
  if (letters) return letters
  letters = new Uint8Array(0x10000)
  for (let code = 97; code <= 122; code++) letters[code] = code
  letters[118] = 117
  reading('一')
  for (const [character, syllable] of table!) if (character.length === 1) letters[character.charCodeAt(0)] = syllable.charCodeAt(0)
  for (const [words] of spoken) letters[words.charCodeAt(0)]! |= mayBeSpoken
  return letters
}

/** True when what is sought is heard from one place of the text on: as first letters, or in full but for the end of the last syllable. */
function heardFrom(at: number, length: number, sought: string, letterAt: (i: number) => number, soundAt: (i: number) => string): boolean {
  let k = 0
  while (k < sought.length && at + k < length && letterAt(at + k) === sought.charCodeAt(k)) k++
  if (k === sought.length) return true
  if (k === 0) return false
  let heard = 0
  for (let i = at; i < length && heard < sought.length; i++) {
    const sound = soundAt(i)
    if (!sought.startsWith(sound, heard)) return sound.startsWith(sought.slice(heard))
    heard += sound.length
  }
  return heard >= sought.length
}

/**
 * Whether a Chinese text is heard when small letters are read aloud: 广东明辉 by guangdong, guangd, gdmh and minghui. It is heard
 * from the beginning of a character on, and read character by character without a copy, for a search of many names.
 */
export function heardIn(typed: string): (text: string) => boolean {
  const sought = typed.replaceAll('v', 'u')
  const codes = firstLetters()
  return (text) => {
    let isChinese = false
    let isSpoken = false
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 0x2fff) isChinese = true
      if (codes[code]! & mayBeSpoken) isSpoken = true
    }
    if (!isChinese) return false
    const syllables = isSpoken && spokenWords.test(text) ? syllablesOf(text) : undefined
    const letterAt = syllables ? (i: number) => syllables[i]!.charCodeAt(0) : (i: number) => codes[text.charCodeAt(i)]! & 0x7f
    const soundAt = syllables ? (i: number) => syllables[i]! : (i: number) => reading(text[i]!) ?? (text[i] === 'v' ? 'u' : text[i]!)
    const length = syllables?.length ?? text.length
    for (let i = 0; i < length; i++) if (heardFrom(i, length, sought, letterAt, soundAt)) return true
    return false
  }
}
