import { remember } from '../../kernel/remember.ts'
import { foldText, isHan, wordsOf } from './fold-text.ts'
import { hanLegalForms, hanLegalTail, koreanLegalForms, leadingLegalTokens, legalTokens, writtenOut } from './words/legal-forms.ts'

const noName = new Set(['the', 'and', 'a', 'of', 'und', 'et', 'y', 'e'])

/** A list of words is still a name when something is left that is not an article. */
const isName = (words: readonly string[]) => words.some((word) => !noName.has(word))

function withoutLatinForms(words: readonly string[]): string[] {
  let rest = [...words]
  for (;;) {
    const last = rest.at(-1)
    const joins = last === 'and' && rest.length > 1
    const shorter = last !== undefined && (joins || legalTokens.has(last)) ? rest.slice(0, -1) : rest
    if (shorter.length === rest.length || !isName(shorter)) break
    rest = shorter
  }
  return rest.length > 1 && leadingLegalTokens.has(rest[0]!) && isName(rest.slice(1)) ? rest.slice(1) : rest
}

function withoutHanForms(text: string): string {
  let rest = text.replace(hanLegalForms, '')
  for (let shorter = rest.replace(hanLegalTail, ''); shorter !== rest && shorter !== ''; shorter = rest.replace(hanLegalTail, ''))
    rest = shorter
  return rest
}

const mostKept = 500

/** The words of a name without its legal form; all of them when nothing else would be left. */
export const nameWords: (name: string) => string[] = remember(mostKept, readWords)

function readWords(name: string): string[] {
  let folded = foldText(name)
    .replace(/[(（]\s*[株有同주유]\s*[)）]/g, ' ')
    .replace(koreanLegalForms, ' ')
  for (const [form, short] of writtenOut) folded = folded.replace(form, short)
  const words = wordsOf(folded)
  const han = words.map((word, i) =>
    isHan(word) ? (i === words.length - 1 ? withoutHanForms(word) : word.replace(hanLegalForms, '')) : word,
  )
  const bare = withoutLatinForms(han.filter((word) => word !== ''))
  return isName(bare) ? bare : words
}

/**
 * The form of a name under which only one customer may stand: without width, case, accents, traditional characters,
 * spaces, brackets, punctuation and legal form (有限公司, 株式会社, Co., Ltd., GmbH, B.V. …). Normalising it again changes
 * nothing. A name without any letter or digit is taken as it is.
 */
export function normaliseName(name: string): string {
  let normal = nameWords(name).join('') || foldText(name).replace(/\s/g, '')
  for (let again = nameWords(normal).join(''); again !== normal && again !== ''; again = nameWords(normal).join('')) normal = again
  return normal
}
