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

let table: Map<string, string> | undefined

/** Built when the first name is read aloud, not when the function starts. */
function reading(character: string): string | undefined {
  if (!table) {
    table = new Map()
    for (const group of readings.trim().split(/\s+/)) {
      const syllable = group.match(/^[a-z]+/)![0]
      for (const one of group.slice(syllable.length)) table.set(one, syllable)
    }
  }
  return table.get(character)
}

/** The syllables of a text, one for each character; what is not Chinese stands for itself. ü is written u. */
export function syllablesOf(text: string): string[] {
  const characters = [...text]
  const parts = characters.map((character) => (reading(character) ?? character).replace('v', 'u'))
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
