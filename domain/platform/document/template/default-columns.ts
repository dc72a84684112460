import type { ColumnField } from '../compose/line-columns.ts'
import type { DocumentKind } from '../document-view.ts'
import type { Paper } from '../paper.ts'

const ofQuote: ColumnField[] = [
  ...(['position', 'description', 'model', 'spec', 'customerPartNo'] as const),
  ...(['quantity', 'unit', 'unitPrice', 'discount', 'taxRate', 'amount'] as const),
]

const sheetColumns: Record<DocumentKind, ColumnField[]> = {
  quote: ofQuote,
  order: [...ofQuote, 'deliverOn'],
  'delivery-note': [
    'position',
    'orderNumber',
    'customerPo',
    'description',
    'model',
    'spec',
    'customerPartNo',
    'quantity',
    'unit',
    'unitPrice',
    'amount',
  ],
  statement: ['on', 'kind', 'number', 'customerPo', 'product', 'quantity', 'unitPrice', 'charge', 'payment', 'balance'],
}

const narrow = ['A5']
const narrowColumns = (columns: ColumnField[]): ColumnField[] =>
  columns.flatMap((field): ColumnField[] =>
    field === 'description' ? ['product'] : ['model', 'spec', 'sku', 'customerPartNo'].includes(field) ? [] : [field],
  )

/** The columns of the lines of a built-in template; on narrow paper a product's name, model and spec share one. */
export const defaultColumns = (kind: DocumentKind, paper: Paper): ColumnField[] =>
  narrow.includes(paper) && kind !== 'statement' ? narrowColumns(sheetColumns[kind]) : sheetColumns[kind]
