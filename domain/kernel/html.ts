/**
 * HTML that cannot be forgotten to escape: the tag `html` escapes every value except HTML made by the tag itself.
 * The mark is a symbol, so nothing that came in as JSON can pass for markup.
 */

const MARKUP = Symbol('markup')

export interface Html {
  readonly [MARKUP]: string
}

type HtmlValue = string | number | Html | false | null | undefined | HtmlValue[]

/** Builds markup; strings are escaped, lists joined, `false`, `null` and `undefined` leave nothing. */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return { [MARKUP]: parts.reduce((text, part, index) => text + markupOf(values[index - 1]) + part) }
}

/** The text of the markup, to be sent. */
export function toText(markup: Html): string {
  return markup[MARKUP]
}

/**
 * One line of harmless text, for mail headers, plain text and names on a page: control characters and line breaks become
 * spaces, the characters that reverse what follows them (and so make a name read as another) go, and an overlong text is cut.
 */
export function oneLine(text: string, max = 120): string {
  const clean = text
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim()
  const letters = [...clean]
  return letters.length > max ? `${letters.slice(0, max - 1).join('')}…` : clean
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(markupOf).join('')
  if (typeof value === 'object') return value[MARKUP]
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
