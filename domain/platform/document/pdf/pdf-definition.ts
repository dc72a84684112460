import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Composed, ComposedBlock, LinesBlock } from '../compose/composed.ts'
import { paperShape } from '../paper.ts'
import { drawBlock } from './draw-blocks.ts'
import { drawLines } from './draw-lines.ts'
import { type Look, lookOf } from './look.ts'
import type { FontFamily } from './shared-fonts.ts'

type OtherBlock = Exclude<ComposedBlock, LinesBlock>
const isLines = (block: ComposedBlock): block is LinesBlock => block.type === 'lines'

/** What closes a document stays on one page: a sum that stands alone on the last one looks like another document. */
const closing = new Set<ComposedBlock['type']>(['totals'])

function together(contents: { block: OtherBlock; content: Content }[]): Content[] {
  const start = contents.findIndex(({ block }) => closing.has(block.type))
  if (start < 0) return contents.map(({ content }) => content)
  const end = contents[start + 1]?.block.type === 'text' ? start + 2 : start + 1
  const kept: Content = { stack: contents.slice(start, end).map(({ content }) => content), unbreakable: true }
  return [...contents.slice(0, start).map(({ content }) => content), kept, ...contents.slice(end).map(({ content }) => content)]
}

/** Below the lines of a continuous form: the sum beside its words in one row, then a row for each text. */
function rowsBelow(blocks: ComposedBlock[], look: Look): Content[] {
  const totals = blocks.find((block) => block.type === 'totals')
  const texts = blocks.filter((block) => block.type === 'text')
  const others = blocks.filter((block) => block.type !== 'totals' && block.type !== 'text') as OtherBlock[]
  const plain = (text: string) => ({ text, width: '*' })
  const sums = totals?.rows.map(({ label, text }) => `${label} ${text}`).join('   ')
  const first: Content[] = sums
    ? [{ columns: [plain(texts.shift()?.text ?? ''), { text: sums, bold: true, alignment: 'right', width: 'auto' }], columnGap: 8 }]
    : []
  return [...first, ...texts.map(({ text }) => plain(text)), ...others.map((block) => drawBlock(block, look))]
}

function contentOf({ blocks }: Composed, look: Look): Content[] {
  const at = blocks.findIndex(isLines)
  const drawn = (part: ComposedBlock[]) =>
    part.map((block) => ({ block: block as OtherBlock, content: drawBlock(block as OtherBlock, look) }))
  if (at < 0) return together(drawn(blocks))
  const above = drawn(blocks.slice(0, at)).map(({ content }) => content)
  const lines = blocks[at] as LinesBlock
  const after = blocks.slice(at + 1)
  if (look.plain) return [drawLines(lines, look, { above, below: rowsBelow(after, look) })]
  return [...above, drawLines(lines, look), ...together(drawn(after))]
}

/** Where a document begins is known when its pages are laid out, and that is before headers and footers are. */
interface Placed {
  composed: Composed
  look: Look
  /** pdfmake notes on a node where it came to stand. */
  start: { text: string; fontSize: number; lineHeight: number; positions?: { pageNumber: number }[] }
}

const firstPage = ({ start }: Placed): number => start.positions?.[0]?.pageNumber ?? 1

/** The document that a page belongs to, with the number of the page in it and of its pages. */
function onPage(all: readonly Placed[], page: number, pages: number): Placed & { page: number; pages: number } {
  const at = Math.max(
    0,
    all.findLastIndex((placed) => firstPage(placed) <= page),
  )
  const placed = all[at]!
  const end = at + 1 < all.length ? firstPage(all[at + 1]!) - 1 : pages
  return { ...placed, page: page - firstPage(placed) + 1, pages: end - firstPage(placed) + 1 }
}

function header({ composed, look, page }: ReturnType<typeof onPage>): Content {
  if (page === 1 || look.plain) return ''
  const { margins } = paperShape(composed.paper)
  const margin: [number, number, number, number] = [margins.left, margins.top / 2 - 6, margins.right, 0]
  return { text: composed.title, alignment: 'right', fontSize: look.small, color: look.soft, margin }
}

function footer({ composed, look, page, pages }: ReturnType<typeof onPage>): Content {
  const { margins } = paperShape(composed.paper)
  const size = look.plain ? look.size : look.small
  return {
    columns: [
      { text: composed.footer, preserveLeadingSpaces: true, fontSize: size, color: look.soft, width: '*' },
      { text: `${page} / ${pages}`, alignment: 'right', fontSize: look.small, color: look.soft, width: 'auto' },
    ],
    columnGap: 12,
    margin: [margins.left, look.plain ? 8 : 14, margins.right, 0],
  }
}

/** pdfmake sets one over all pages; where documents differ, what they are stands in their titles alone. */
function watermarkOf(all: readonly Composed[], font: FontFamily) {
  const { watermark, paper } = all[0]!
  const { width, height } = paperShape(paper)
  if (all.some((composed) => composed.watermark !== watermark)) return {}
  return watermark
    ? { watermark: { text: watermark, font, color: '#b42318', opacity: 0.1, bold: true, fontSize: Math.min(width, height) / 6 } }
    : {}
}

/** Documents of one paper as one definition of pdfmake, in fonts of a family. */
export function pdfDefinition(all: readonly Composed[], font: FontFamily): TDocumentDefinitions {
  const first = all[0]!
  const { width, height, margins } = paperShape(first.paper)
  const placed = all.map((composed): Placed => ({ composed, look: lookOf(composed), start: { text: '', fontSize: 0.1, lineHeight: 0.1 } }))
  return {
    pageSize: { width, height },
    pageMargins: [margins.left, margins.top, margins.right, margins.bottom],
    info: {
      title: all
        .map(({ title }) => title)
        .join(', ')
        .slice(0, 200),
      creator: 'Guanxi',
      producer: 'Guanxi',
    },
    defaultStyle: { font, fontSize: first.fontSize, color: placed[0]!.look.ink, lineHeight: 1.05 },
    content: placed.map(({ composed, look, start }, i) => ({
      stack: [start, ...contentOf(composed, look)],
      ...(i > 0 ? { pageBreak: 'before' as const } : {}),
    })),
    header: (page, pages) => header(onPage(placed, page, pages ?? page)),
    footer: (page, pages) => footer(onPage(placed, page, pages)),
    ...watermarkOf(all, font),
  }
}
