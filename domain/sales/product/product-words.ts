import { initialsOf, pinyinOf } from '../../kernel/pinyin.ts'
import type { Word } from '../../parties/index.ts'

const inLetters = /^[a-z]{2,}$/
const chinese = /\p{Script=Han}/u

/** Which of the words are found in these texts, as bits; words in letters also in the sound of a Chinese name and its initials. */
export function bitsInTexts(words: readonly Word[], texts: readonly string[], name: string): number {
  let bits = 0
  let sounds: readonly string[] | undefined
  for (const [i, { text }] of words.entries()) {
    if (texts.some((one) => one.includes(text))) bits |= 1 << i
    else if (inLetters.test(text) && chinese.test(name)) {
      sounds ??= [pinyinOf(name), initialsOf(name)]
      if (sounds.some((sound) => sound.includes(text))) bits |= 1 << i
    }
  }
  return bits
}
