import type { BookStyle } from '../../sheet/book-styles.ts'
import { type BookCell, writeBook } from '../../sheet/write-book.ts'
import type { Composed, ComposedBlock, LinesBlock, TotalsBlock } from '../compose/composed.ts'

type Row = (BookCell | undefined)[]

/** A cell over all columns, or over some of them from a place on. */
const wide = (value: string, style: BookStyle, across: number, at = 0): Row => [
  ...Array.from({ length: at }, () => undefined),
  { value, style, across },
]

const styleOf = { left: 'text', center: 'center', right: 'number' } as const

const linesRows = ({ columns, rows }: LinesBlock): Row[] => [
  columns.map(({ heading }): BookCell => ({ value: heading, style: 'heading' })),
  ...rows.map((row) =>
    row.map(({ text, value, decimals = 0, more = [] }, i): BookCell => {
      const style = styleOf[columns[i]!.align]
      return value === undefined ? { value: [text, ...more].join('\n'), style } : { value, style, decimals }
    }),
  ),
]

/** Sums stand at the right edge: the amount in the last column, its label before it. */
function totalsRows({ rows }: TotalsBlock, count: number): Row[] {
  return rows.map(({ label, text, value, strong }) => {
    const decimals = text.split('.')[1]?.length ?? 0
    const cells: Row = Array.from({ length: count }, () => undefined)
    cells[Math.max(0, count - 3)] = { value: label, style: strong ? 'strong' : 'soft', across: Math.min(2, count - 1) }
    cells[count - 1] = { value, style: strong ? 'strongNumber' : 'plain', decimals }
    return cells
  })
}

function fieldRows(items: { label: string; text: string; strong?: boolean }[], count: number): Row[] {
  return items.map(({ label, text, strong }) => {
    const style = strong ? 'strong' : 'wrapped'
    return label
      ? [{ value: label, style: 'label', across: 2 }, undefined, { value: text, style, across: count - 2 }]
      : wide(text, style, count)
  })
}

function rowsOf(block: ComposedBlock, count: number): Row[] {
  if (block.type === 'letterhead') {
    const details = block.details.map((line) => wide(line, 'soft', count))
    const title = [block.title, block.subtitle].filter(Boolean).join('  ')
    return [wide(block.name, 'firm', count), ...details, wide(title, 'title', count), []]
  }
  if (block.type === 'lines') return [...linesRows(block), []]
  if (block.type === 'totals') return [...totalsRows(block, count), []]
  if (block.type === 'fields')
    return [...(block.heading ? [wide(block.heading, 'strong', count)] : []), ...fieldRows(block.items, count), []]
  if (block.type === 'columns') return block.columns.flatMap((inner) => inner.flatMap((each) => rowsOf(each, count)))
  if (block.type === 'text') {
    const heading = block.heading ? [wide(block.heading, 'strong', count)] : []
    return [...heading, ...block.text.split('\n').map((line) => wide(line, block.boxed ? 'boxed' : 'wrapped', count)), []]
  }
  if (block.type === 'signatures')
    return block.parties.flatMap(({ label, name, lines }) => [
      wide(`${label}  ${name}`, 'strong', count),
      ...lines.map((line) => wide(line, 'soft', count)),
    ])
  return []
}

/** Points of a column as characters of a sheet. */
const characters = (points: number): number => Math.max(6, points / 5.2)

/** The same document as a sheet: amounts are numbers, pictures are left out. */
export async function documentXlsx(composed: Composed): Promise<Buffer> {
  const lines = composed.blocks.find((block) => block.type === 'lines')
  const widths = lines?.columns.map(({ width }) => characters(width)) ?? Array.from({ length: 6 }, () => 16)
  const state: Row[] = composed.watermark ? [wide(composed.watermark, 'strong', widths.length)] : []
  const before = composed.blocks.slice(0, lines ? composed.blocks.indexOf(lines) : 0).flatMap((block) => rowsOf(block, widths.length))
  const after = composed.blocks.slice(lines ? composed.blocks.indexOf(lines) : 0).flatMap((block) => rowsOf(block, widths.length))
  const book = {
    name: composed.title,
    widths,
    rows: [...state, ...before, ...after],
    ...(lines ? { repeatedRow: state.length + before.length + 1 } : {}),
    landscape: composed.paper === 'A4-landscape',
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeBook(book, composed.accent)) pieces.push(piece)
  return Buffer.concat(pieces)
}
