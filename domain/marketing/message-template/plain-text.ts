import { withoutReferences } from '../../kernel/character-references.ts'

/** The plain text of a mail, made from its HTML; Liquid in it stays as it is. */

const entities = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    copy: '©',
    hellip: '…',
    mdash: '—',
    ndash: '–',
  }),
)

/** How what only mailboxes show begins. */
export const hiddenOpening = '<div style="display:none;font-size:1px;max-height:0;overflow:hidden">'

/** Where a campaign puts the links to its attachments: below what was written, above the postal address. */
export const attachmentsPlace = '<!-- attachments -->'

/** A link is its words with the address behind them, once where both are the same. */
const linkText = (_: string, href: string, words: string): string => {
  const shown = words.replace(/<[^>]*>/g, '').trim()
  return shown === '' || shown === href ? ` ${href} ` : ` ${shown}: ${href} `
}

/** The text without what stands between two marks; one pass, whatever is left open. */
function without(text: string, open: string, close: string): string {
  let kept = ''
  let at = 0
  for (;;) {
    const start = text.indexOf(open, at)
    const end = start < 0 ? -1 : text.indexOf(close, start)
    if (end < 0) return kept + text.slice(at)
    kept += text.slice(at, start)
    at = end + close.length
  }
}

const unseen: [open: string, close: string][] = [
  ['<!--', '-->'],
  ['<head', '</head>'],
  ['<style', '</style>'],
  ['<script', '</script>'],
  [hiddenOpening, '</div>'],
]

/** What a mail says to whom reads no HTML: its words, lists and links, in their order. */
export function plainTextOf(html: string): string {
  const body = unseen
    .reduce((text, [open, close]) => without(text, open, close), html)
    .replace(/\s+/g, ' ')
    .replace(/<a\s[^<>]{0,2000}?href="([^"<>]{0,2000})"[^<>]{0,2000}>(.{0,500}?)<\/a>/gi, linkText)
    .replace(/<img\s[^<>]{0,2000}?alt="([^"<>]{1,500})"[^<>]{0,2000}>/gi, ' $1 ')
    .replace(/<li[^<>]{0,500}>/gi, '\n- ')
    .replace(/<br[^<>]{0,500}>|<\/(?:p|h[1-6]|tr|ul|ol|table)>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
  const lines = withoutReferences(body, entities)
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
