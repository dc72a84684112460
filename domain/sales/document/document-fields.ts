import { madeAt } from '../../kernel/ids.ts'
import { money } from '../../kernel/money.ts'
import { absent } from '../../kernel/packed.ts'
import { comparable, type FieldKind } from '../../kernel/search-fields.ts'
import type { CardRow, NounFields, SearchedField } from '../../parties/index.ts'
import { codeOfProduct, codesOf } from './goods.ts'
import type { ListedDocument } from './list-documents.ts'

/** A row of a list, judged as a card is: what it says is known without its lines. */
export interface DocumentRow<T> extends CardRow {
  document: T
}

interface Line {
  productId?: string | undefined
  description?: string | undefined
  model?: string | undefined
  customerPartNo?: string | undefined
}
type Searched = ListedDocument & { lines: readonly Line[]; number: string; currency: string; total: number; netTotal: number }

/** A field that a row holds. */
export const onRow = <T>(kind: FieldKind, of: (document: T) => unknown, options?: readonly string[]): SearchedField<T> => {
  const field = { kind, ...(options ? { options } : {}) }
  return { ...field, of, card: (row) => comparable(field, of((row as DocumentRow<T>).document)), sorts: true }
}

/** A field of the lines or texts, for which a document is read whole. */
export const ofDetail = <T>(kind: FieldKind, of: (document: T) => unknown): SearchedField<T> => ({ kind, of })

const amountOf = (minor: number, { currency }: { currency: string }): string => money(minor, currency).amount

/** Fields that all documents are searched by. */
export const documentFields = <T extends Searched>(): NounFields<T> => ({
  id: onRow('id', ({ id }) => id),
  number: onRow('text', ({ number }) => number),
  customerId: onRow('id', ({ customerId }) => customerId),
  ownerId: onRow('id', ({ ownerId }) => ownerId),
  currency: onRow('text', ({ currency }) => currency),
  'total.amount': onRow('number', (document) => amountOf(document.total, document)),
  'netTotal.amount': onRow('number', (document) => amountOf(document.netTotal, document)),
  externalId: onRow('text', (document) => (document as { externalId?: string }).externalId),
  createdAt: onRow('instant', ({ id }) => madeAt(id)),
  updatedAt: onRow('instant', ({ updatedAt }) => updatedAt),
  createdBy: onRow('id', ({ createdBy }) => createdBy),
  'lines.productId': {
    kind: 'ids',
    compared: codeOfProduct,
    of: ({ lines }) => lines.flatMap(({ productId }) => (productId ? [codeOfProduct(productId)] : [])),
    card: (row) => {
      const codes = codesOf((row as DocumentRow<T>).document)
      return codes === undefined ? absent : codes.length > 0 ? codes : undefined
    },
  },
  'lines.description': ofDetail('texts', ({ lines }) => lines.flatMap(({ description }) => description ?? [])),
  'lines.model': ofDetail('texts', ({ lines }) => lines.flatMap(({ model }) => model ?? [])),
  'lines.customerPartNo': ofDetail('texts', ({ lines }) => lines.flatMap(({ customerPartNo }) => customerPartNo ?? [])),
  notes: ofDetail('text', (document) => (document as { notes?: string }).notes),
})
