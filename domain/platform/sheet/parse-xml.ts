import { withoutReferences } from '../../kernel/character-references.ts'
import { sheetFault } from './sheet-faults.ts'

/** What is told of an XML document while it is read: names without their prefix, texts decoded. */
export interface XmlListener {
  open?(name: string, attribute: (name: string) => string | undefined): void
  text?(text: string): void
  close?(name: string): void
}

const named = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }))

const decoded = (text: string): string => (text.includes('&') ? withoutReferences(text, named) : text)

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

const patterns = new Map<string, RegExp>()

function attributeOf(tag: string, name: string): string | undefined {
  const pattern = patterns.get(name) ?? new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
  patterns.set(name, pattern)
  const found = pattern.exec(tag)
  return found ? decoded((found[1] ?? found[2])!) : undefined
}

/** Whether every quote of a tag is closed. Within one kind of quotes the other one is text, as in `name="Bob's"`. */
const areClosed = (tag: string) =>
  tag.includes("'") ? !/["']/.test(tag.replace(/"[^"]*"|'[^']*'/g, '')) : !tag.includes('"') || tag.split('"').length % 2 === 1

/** Where the tag ends that begins at `from`; -1 while its end is not there yet. A `>` in quotes does not end it. */
function endOfTag(buffer: string, from: number): number {
  for (let at = buffer.indexOf('>', from); at >= 0; at = buffer.indexOf('>', at + 1)) {
    const tag = buffer.slice(from, at)
    if (tag.startsWith('<!--') && !tag.endsWith('--')) continue
    if (tag.startsWith('<![CDATA[') && !tag.endsWith(']]')) continue
    if (tag.startsWith('<!') || tag.startsWith('<?') || areClosed(tag)) return at
  }
  return -1
}

const longestTag = 1_000_000

/**
 * Reads XML piece by piece, as much of it as spreadsheets use. A document type is refused, and with it every entity that a
 * file could define to grow by. Answers a function that takes the next piece.
 */
export function xmlReader({ open, text, close }: XmlListener): (piece: string) => void {
  let buffer = ''
  const markup = (tag: string): void => {
    if (tag.startsWith('![CDATA[')) text?.(tag.slice(8, -2))
    else if (/^!DOCTYPE/i.test(tag)) throw sheetFault('xlsx-malformed')
  }
  const element = (tag: string): void => {
    if (tag.startsWith('/')) {
      close?.(localName(tag.slice(1).trim()))
      return
    }
    const name = localName(tag.split(/[\s/]/, 1)[0]!)
    open?.(name, (attribute) => attributeOf(tag, attribute))
    if (tag.endsWith('/')) close?.(name)
  }
  return (piece) => {
    buffer += piece
    let at = 0
    for (;;) {
      const start = buffer.indexOf('<', at)
      if (start < 0) break
      const end = endOfTag(buffer, start)
      if (end < 0) break
      if (start > at) text?.(decoded(buffer.slice(at, start)))
      const tag = buffer.slice(start + 1, end)
      if (tag.startsWith('!') || tag.startsWith('?')) markup(tag)
      else element(tag)
      at = end + 1
    }
    // Text before a tag that is not there yet stays: it may go on, and it may end within an entity.
    buffer = buffer.slice(at)
    if (buffer.length > longestTag) throw sheetFault('xlsx-malformed')
  }
}
