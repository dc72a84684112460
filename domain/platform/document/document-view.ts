import type { Locale } from '../../kernel/text.ts'

/**
 * What stands on a document, as plain data: sales and finance make it from their records, the renderer turns it into PDF, XLSX
 * or HTML. It holds facts only. How days, amounts and terms are written in a language, the amount in words, the letterhead, the
 * bank block and the seal are the renderer's.
 *
 * Days are `YYYY-MM-DD` of the tenant. Amounts are decimal strings with all the decimals of the currency (`1234.50`), unit prices
 * and quantities decimal strings without trailing zeros. What is unknown is left out; nothing here is for our own eyes only.
 */
export type DocumentView = SalesDocumentView | StatementView

export const documentKinds = ['quote', 'order', 'delivery-note', 'statement'] as const
export type DocumentKind = (typeof documentKinds)[number]

interface AnyDocument {
  number: string
  /** The customer's language, where it is known; else the tenant's is taken. */
  locale?: Locale
  currency: string
  customer: DocumentParty
  /** Who answers for it at the firm. */
  contactPerson?: DocumentPerson
  notes?: string
}

/** A quote, an order or a delivery note: lines and, where there are prices, their totals. */
export interface SalesDocumentView extends AnyDocument {
  kind: 'quote' | 'order' | 'delivery-note'
  /** The business date: quotedOn, orderedOn, shippedOn. */
  date: string
  /** Of a quote, from 1; shown from 2 on. */
  revision?: number
  /** Marks a document that must not pass for a valid one. */
  state?: 'draft' | 'expired' | 'superseded' | 'cancelled'
  validUntil?: string
  deliverOn?: string
  /** Where it goes, when that is not the customer's own address. */
  deliverTo?: DocumentParty
  customerPo?: string
  contractNumber?: string
  quoteNumber?: string
  orderNumbers?: string[]
  warehouse?: string
  carrier?: string
  trackingNumber?: string
  pricesIncludeTax?: boolean
  lines: DocumentViewLine[]
  /** Left out where prices are not to be shown. */
  totals?: DocumentTotals
  paymentTerms?: DocumentPaymentTerms
  /** Of an order, as agreed. */
  instalments?: { trigger: 'confirm' | 'before-shipment' | 'dispatch' | 'signed' | 'date'; days?: number; on?: string; amount: string }[]
  /** Conditions of sale, below the lines. */
  terms?: string
}

export interface DocumentViewLine {
  sku?: string
  /** The product's name, or what was typed. */
  description: string
  model?: string
  spec?: string
  customerPartNo?: string
  quantity: string
  unit?: string
  /** As agreed: with or without tax, as the document says. */
  unitPrice?: string
  discountPercent?: string
  /** A percentage such as `13`, or `exempt`. */
  taxRate?: string
  /** Quantity by price less the line's own discount, before that of the document; with tax where the prices include it. */
  amount?: string
  /** What the line comes to after its share of the document's discount. */
  net?: string
  tax?: string
  gross?: string
  deliverOn?: string
  note?: string
  /** On a delivery note of several orders. */
  orderNumber?: string
  customerPo?: string
}

export interface DocumentTotals {
  net: string
  tax: string
  /** What the document's own discount takes off the sum of the lines' amounts, positive; `0.00` is not shown. */
  discount: string
  total: string
}

/** A statement of account of a period: opening balance, what moved, closing balance. */
export interface StatementView extends AnyDocument {
  kind: 'statement'
  from: string
  to: string
  opening: string
  closing: string
  /** Sums of the period. */
  charged: string
  paid: string
  movements: StatementMovement[]
  /** Of what is open at the end: the part that is overdue. */
  overdue?: string
}

export interface StatementMovement {
  on: string
  kind: 'shipment' | 'receivable' | 'return' | 'credit-note' | 'receipt' | 'deduction' | 'refund' | 'write-off' | 'reversal' | 'other'
  /** Number of the note, receipt or credit note. */
  number?: string
  customerPo?: string
  /** Of a shipment line. */
  description?: string
  model?: string
  quantity?: string
  unit?: string
  unitPrice?: string
  /** What raises the balance, or lowers it when negative. */
  charge?: string
  /** What was paid or credited. */
  payment?: string
  /** The balance after it. */
  balance?: string
}

export interface DocumentParty {
  name: string
  contact?: string
  phone?: string
  email?: string
  /** In one line, as it is written in its country. */
  address?: string
  taxNumber?: string
}

export interface DocumentPerson {
  name: string
  phone?: string
  email?: string
}

/** The terms of payment (月结 is `monthly`), of the shape that customers have; the renderer words them. */
export type DocumentPaymentTerms =
  | { kind: 'prepaid' }
  | { kind: 'days'; from: 'shipment' | 'signed'; days: number }
  | {
      kind: 'monthly'
      from: 'shipment' | 'signed'
      cutoffDay: number
      months?: number | null | undefined
      days?: number | null | undefined
      payDay?: number | null | undefined
    }
