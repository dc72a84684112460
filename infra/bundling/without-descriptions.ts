/**
 * What schemas say of themselves (`.meta(...)`), and what routes and events are told by, are read when the documents are written,
 * never by a function. In a bundle they would be parsed at every start, and each `.meta` makes zod copy the schema that it is said of.
 */

const opening = '.meta('

/** TypeScript without its calls of `.meta`. */
export function bare(source: string): string {
  const at = source.indexOf(opening)
  if (at < 0) return source
  const end = closingOf(source, at + opening.length, ')')
  return source.slice(0, at).trimEnd() + bare(source.slice(end + 1))
}

const told = /^ +(?:summary|description):(?=\s+['"`])|^ {2}sample:|^ {4}example:(?=\s+\{)|, example:(?= \w+ \})/m

/** TypeScript without the summaries, descriptions and examples of its routes, and without the samples of its events. */
export function untold(source: string): string {
  const found = told.exec(source)
  if (!found) return source
  const end = closingOf(source, found.index + found[0].length, ',}')
  return source.slice(0, found.index) + untold(source.slice(source[end] === ',' ? end + 1 : end))
}

/** Where what was opened before `from` is closed, by one of the characters: brackets within, texts and templates are passed over. */
function closingOf(source: string, from: number, closing: string): number {
  for (let at = from; at < source.length; at++) {
    const character = source[at]!
    if (closing.includes(character)) return at
    if (character in brackets) at = closingOf(source, at + 1, brackets[character]!)
    else if (character === "'" || character === '"') at = endOfText(source, at)
    else if (character === '`') at = endOfTemplate(source, at)
  }
  throw new Error(`There is no ${closing} at the end of ${source.slice(from - 20, from + 20)}.`)
}

const brackets: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

function endOfText(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === source[from]) return at
  }
  return source.length
}

function endOfTemplate(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source.startsWith('${', at)) at = closingOf(source, at + 2, '}')
    else if (source[at] === '`') return at
  }
  return source.length
}
