import type { TransferField } from '../../kernel/transfer-kind.ts'

/** A heading without what does not tell: width, case, spaces, signs, and marks such as "(required)". */
export const plainHeading = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:必填|选填|required|optional)[^)]*\)|\*/g, '')
    .replace(/[\s_\-./:：,()[\]【】"'#]/g, '')

/** Long enough to tell when it is only a part of the heading: two Chinese characters, or five letters. */
const tells = (spelling: string) => /\p{Script=Han}{2}/u.test(spelling) || spelling.length >= 5

/** What a field is called, in the plain form of headings. */
export const spellingsOf = (field: TransferField): string[] =>
  [field.name, ...Object.values(field.label), ...(field.spellings ?? [])].map(plainHeading).filter(Boolean)

/**
 * The field that each heading most likely means: the one that is called so, else the one whose longest spelling is part of
 * the heading. A field is given to one heading only, unless it is a list. Headings without a field are null.
 */
export function guessMapping(headings: readonly string[], fields: readonly TransferField[]): Record<string, string | null> {
  const open = fields.filter((field) => field.read).map((field) => ({ field, spellings: spellingsOf(field) }))
  const mapping: Record<string, string | null> = Object.fromEntries(headings.map((heading) => [heading, null]))
  const taken = new Set<string>()
  const give = (heading: string, field: TransferField | undefined) => {
    if (!field || mapping[heading]) return
    mapping[heading] = field.name
    if (!field.many) taken.add(field.name)
  }
  for (const heading of headings) {
    const plain = plainHeading(heading)
    give(heading, open.find(({ field, spellings }) => !taken.has(field.name) && spellings.includes(plain))?.field)
  }
  for (const heading of headings) {
    const plain = plainHeading(heading)
    const contained = open
      .filter(({ field }) => !taken.has(field.name))
      .flatMap(({ field, spellings }) =>
        spellings.filter((spelling) => tells(spelling) && plain.includes(spelling)).map((spelling) => ({ field, spelling })),
      )
      .sort((a, b) => b.spelling.length - a.spelling.length)
    give(heading, contained[0]?.field)
  }
  return mapping
}
