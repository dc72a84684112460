import type { DocumentView, SalesDocumentView } from '../document-view.ts'
import { paperShape, printableWidth } from '../paper.ts'
import type { Column, TemplateContent } from '../template/template.ts'
import { columnWidths, emsOf, longestWord, type Measured } from './column-widths.ts'
import type { ComposedCell, LinesBlock } from './composed.ts'
import { type ColumnSpec, lineColumns, priceHeading, statementColumns } from './line-columns.ts'

const pointsPerMm = 72 / 25.4
export const cellPadding = 4

type Spec = ColumnSpec<never>
const specsOf = (view: DocumentView): Record<string, Spec> =>
  (view.kind === 'statement' ? statementColumns : lineColumns) as Record<string, Spec>

const onlyOne = (numbers: readonly string[] = []): string | undefined => (numbers.length === 1 ? numbers[0] : undefined)

/** What a head says of the orders of all lines, where its template shows that. */
function saidAbove(view: DocumentView, { layout }: TemplateContent): Record<string, string | undefined> {
  if (view.kind === 'statement') return {}
  const shown = JSON.stringify(layout)
  return {
    ...(shown.includes('document.orderNumbers') ? { orderNumber: onlyOne(view.orderNumbers) } : {}),
    ...(shown.includes('document.customerPo') ? { customerPo: view.customerPo } : {}),
  }
}

/**
 * Columns of which no line has anything are left out unless there are no others, and so are those of another kind of document, and
 * an order that the head names for all lines.
 */
function filledColumns(view: DocumentView, template: TemplateContent) {
  const { columns, locale } = template
  const above = saidAbove(view, template)
  const specs = specsOf(view)
  const rows = view.kind === 'statement' ? view.movements : view.lines
  const at = { locale, currency: view.currency }
  const known = columns.flatMap((column) => {
    const spec = specs[column.field]
    return spec ? [{ column, spec, cells: rows.map((row, index) => spec.cell(row as never, { ...at, index })) }] : []
  })
  const isSaid = (field: string, cells: (ComposedCell | undefined)[]) =>
    above[field] !== undefined && cells.every((cell) => cell?.text === above[field])
  const filled = known.filter(({ column, cells }) => rows.length === 0 || (cells.some(Boolean) && !isSaid(column.field, cells)))
  return filled.length > 0 ? filled : known
}

/** Headings are bold, and so a little wider. */
const boldly = (ems: number): number => ems * 1.06

const textsOf = ({ text, more = [] }: ComposedCell): string[] => [text, ...more]

function measured(heading: string, cells: (ComposedCell | undefined)[], { width }: Column, { wraps, breaks }: Spec): Measured {
  const texts = cells.flatMap((cell) => (cell ? textsOf(cell) : []))
  const natural = Math.max(boldly(emsOf(heading)), ...texts.map(emsOf))
  return {
    natural,
    least: Math.max(boldly(longestWord(heading)), ...texts.map(longestWord)),
    wraps: (wraps ?? false) || natural > 16,
    breaks: breaks ?? false,
    ...(width ? { asked: width * pointsPerMm } : {}),
  }
}

/** The lines of a document in the columns of its template. */
export function composeLines(view: DocumentView, template: TemplateContent): LinesBlock {
  const { locale, paper, fontSize } = template
  const filled = filledColumns(view, template).map(({ column, spec, cells }) => {
    const usual = priceHeading(column.field, spec.headings[locale], view as Pick<SalesDocumentView, 'pricesIncludeTax'>, locale)
    const heading = column.heading ?? usual
    return { heading, align: column.align ?? spec.align, cells, size: measured(heading, cells, column, spec) }
  })
  const padding = 2 * cellPadding + (paperShape(paper).continuous ? 2 : 0)
  const widths = columnWidths(
    filled.map(({ size }) => size),
    printableWidth(paper),
    fontSize,
    padding,
  )
  // What finds no room in one line is broken rather than printed over its neighbour; estimates are on the wide side.
  const isTooNarrow = ({ natural }: Measured, width: number) => width < 0.92 * natural * fontSize + padding
  const count = view.kind === 'statement' ? view.movements.length : view.lines.length
  return {
    type: 'lines',
    columns: filled.map(({ heading, align, size }, i) => ({
      heading,
      align,
      wraps: size.wraps || isTooNarrow(size, widths[i]!),
      width: widths[i]!,
    })),
    rows: Array.from({ length: count }, (_, row) => filled.map(({ cells }) => cells[row] ?? { text: '' })),
  }
}
