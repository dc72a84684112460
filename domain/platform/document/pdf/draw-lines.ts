import type { Content, ContentTable, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'
import { cellPadding } from '../compose/compose-lines.ts'
import type { ComposedCell, ComposedColumn, LinesBlock } from '../compose/composed.ts'
import type { Look } from './look.ts'

/** A row this long may break over pages: one that no page holds would never be printed whole. */
const longCell = 700

function lineCell({ text, more }: ComposedCell, { align: alignment, wraps }: ComposedColumn, look: Look): TableCell {
  if (!more) return { text, alignment, noWrap: !wraps }
  return {
    stack: [
      { text, alignment },
      ...more.map((line): Content => ({ text: line, fontSize: look.small, color: look.soft, margin: [0, 1, 0, 0], alignment })),
    ],
  }
}

const gridLayout = (headerRows: number, look: Look): CustomTableLayout => ({
  hLineWidth: (i) => (i === 0 && headerRows > 1 ? 0 : 0.6),
  vLineWidth: () => 0.6,
  hLineColor: () => look.line,
  vLineColor: () => look.line,
  paddingLeft: () => cellPadding,
  paddingRight: () => cellPadding,
  paddingTop: () => 2,
  paddingBottom: () => 2,
})

const airyLayout = (look: Look): CustomTableLayout => ({
  hLineWidth: (i, { table }) => (i === 0 || i === 1 ? 0 : i === table.body.length ? 0.8 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (i, { table }) => (i === table.body.length ? look.accent : look.line),
  fillColor: (row) => (row === 0 ? look.tint : null),
  paddingLeft: () => cellPadding,
  paddingRight: () => cellPadding,
  paddingTop: () => 4,
  paddingBottom: () => 4,
})

/** On a continuous form what comes before and after the lines is part of the table. */
interface Around {
  above?: Content[]
  below?: Content[]
}

const across = (content: Content, columns: number): TableCell[] => [
  { ...(content as object), colSpan: columns } as TableCell,
  ...Array.from({ length: columns - 1 }, () => ''),
]

/**
 * The lines as a table whose headings stand on every page. On a continuous form what comes before the lines is part of these
 * headings, so that each form that is torn off says by itself what it is.
 */
export function drawLines({ columns, rows }: LinesBlock, look: Look, { above = [], below = [] }: Around = {}): ContentTable {
  // Rules stand between the cells of a grid and take their width from them.
  const grid = look.plain ? 0.6 : 0
  const widths = columns.map(({ width }) => width - 2 * cellPadding - grid)
  const headings: TableCell[] = columns.map(({ heading, align }) => ({
    text: heading,
    bold: true,
    color: look.accent,
    fontSize: look.small,
    alignment: look.plain ? 'center' : align,
  }))
  const body: TableCell[][] = rows.map((row) => row.map((cell, i) => lineCell(cell, columns[i]!, look)))
  const head: Content = { stack: above, border: [false, false, false, false], margin: [-cellPadding, 0, -cellPadding, 0] } as Content
  const first: TableCell[][] = above.length > 0 ? [across(head, columns.length)] : []
  const isLong = rows.some((row) => row.some(({ text, more = [] }) => text.length + more.join('').length > longCell))
  return {
    table: {
      headerRows: first.length + 1,
      dontBreakRows: !isLong,
      keepWithHeaderRows: 1,
      widths,
      body: [...first, headings, ...body, ...below.map((content) => across(content, columns.length))],
    },
    layout: look.plain ? gridLayout(first.length + 1, look) : airyLayout(look),
    lineHeight: 1,
    margin: [0, 0, 0, look.gap * 0.3],
  }
}
