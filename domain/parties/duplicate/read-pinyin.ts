import { readings } from '../../kernel/pinyin-readings.ts'

let known: Set<string> | undefined

const syllables = (): Set<string> => {
  known ??= new Set(
    readings
      .trim()
      .split(/\s+/)
      .map((group) => group.match(/^[a-z]+/)![0].replace('v', 'u')),
  )
  return known
}

const longestSyllable = 6
const mostReadings = 3

/** Ways to read letters as syllables, fewest syllables first: xian is xian or xi an. Empty when it is no pinyin. */
function readPinyin(letters: string): string[][] {
  const ways: string[][][] = [[[]]]
  for (let end = 1; end <= letters.length; end++) {
    const here: string[][] = []
    for (let from = Math.max(0, end - longestSyllable); from < end; from++) {
      const syllable = letters.slice(from, end)
      if (syllables().has(syllable)) for (const way of ways[from]!) here.push([...way, syllable])
    }
    ways.push(here.sort((a, b) => a.length - b.length).slice(0, mostReadings))
  }
  return ways[letters.length] ?? []
}

const soundEndings = /(?:gufen)?(?:youxian(?:zeren)?gongsi|jituan|gongsi|gufen|chang)$/
const initialEndings = /(?:gfyxzrgs|gfyxgs|yxzrgs|yxgs|jt)$/

/** A text, and what is left of it when endings that stand for legal forms are taken off one by one. */
function shorterForms(text: string, endings: RegExp): string[] {
  const forms = [text]
  for (let rest = text.replace(endings, ''); rest.length > 1 && rest !== forms.at(-1); rest = rest.replace(endings, '')) forms.push(rest)
  return forms
}

/** A Chinese name as somebody may have typed it in letters: by sound or by first letters, with or without its legal form. */
export interface Typed {
  /** Letters without spaces. */
  sounds: string[]
  /** First letters of the syllables, each way it can be read; of letters that are no pinyin the letters themselves. */
  initials: string[]
  isSound: boolean
}

const initialsOf = (way: string[]) => way.map((syllable) => syllable[0]).join('')

/** Each word read by itself where spaces stand between syllables or words, else all letters in one. */
function readingsOf(words: readonly string[], sounds: string[]): string[] {
  if (words.length === 1) return sounds.flatMap((sound) => readPinyin(sound).map(initialsOf))
  const perWord = words.map((word) => readPinyin(word)[0])
  if (perWord.some((way) => way === undefined)) return []
  return shorterForms(initialsOf(perWord.flatMap((way) => way!)), initialEndings)
}

/** Reads words typed in letters as pinyin or as initials; undefined when they are neither. */
export function typedName(typed: readonly string[]): Typed | undefined {
  const words = typed.map((word) => word.replaceAll('lyu', 'lu').replaceAll('v', 'u'))
  const letters = words.join('')
  if (!/^[a-z0-9]{2,80}$/.test(letters)) return undefined
  const sounds = shorterForms(letters, soundEndings)
  const read = letters.length > 3 ? readingsOf(words, sounds) : []
  if (read.length > 0) return { sounds, initials: [...new Set(read)].slice(0, 6), isSound: true }
  if (letters.length > 24 || words.length > 1) return undefined
  return { sounds, initials: shorterForms(letters, initialEndings), isSound: false }
}
