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
  (view.kind === 'statement' ? statementColumns : lineColumns) as unknown as Record<string, Spec>

/** Columns of which no line has anything are left out unless there are no others, and so are those of another kind of document. */
function filledColumns(view: DocumentView, { columns, locale }: TemplateContent) {
  const specs = specsOf(view)
  const rows = view.kind === 'statement' ? view.movements : view.lines
  const at = { locale, currency: view.currency }
  const known = columns.flatMap((column) => {
    const spec = specs[column.field]
    return spec ? [{ column, spec, cells: rows.map((row, index) => spec.cell(row as never, { ...at, index })) }] : []
  })
  const filled = known.filter(({ cells }) => cells.some(Boolean) || rows.length === 0)
  return filled.length > 0 ? filled : known
}

const textsOf = ({ text, more = [] }: ComposedCell): string[] => [text, ...more]

function measured(heading: string, cells: (ComposedCell | undefined)[], { width }: Column, { wraps }: Spec): Measured {
  const texts = [heading, ...cells.flatMap((cell) => (cell ? textsOf(cell) : []))]
  const natural = Math.max(...texts.map(emsOf))
  return {
    natural,
    least: Math.max(...texts.map(longestWord)),
    wraps: (wraps ?? false) || natural > 16,
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
