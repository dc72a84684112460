import type { Locale } from '../../../kernel/text.ts'
import type { DocumentKind } from '../document-view.ts'
import type { DocumentImage } from '../letterhead.ts'
import type { Paper } from '../paper.ts'

/**
 * A document with everything worded and decided, made once from template, view and letterhead. PDF, XLSX and HTML only draw it, so
 * that the three never say different things.
 */
export interface Composed {
  kind: DocumentKind
  locale: Locale
  paper: Paper
  /** Points of the text. */
  fontSize: number
  /** `#rrggbb` of titles and rules; continuous forms are black all over. */
  accent: string
  /** What it is, e.g. `报价单 QT202611-0042`. */
  title: string
  /** Without an ending; harmless in a header. */
  fileName: string
  /** Set across every page of what must not pass for valid. */
  watermark?: string
  blocks: ComposedBlock[]
  /** At the foot of every page, beside the page number. */
  footer: string
}

export type ComposedBlock =
  | LetterheadBlock
  | FieldsBlock
  | ColumnsBlock
  | LinesBlock
  | TotalsBlock
  | TextBlock
  | SignaturesBlock
  | PlainBlock

export interface LetterheadBlock {
  type: 'letterhead'
  style: 'band' | 'centred'
  name: string
  details: string[]
  title: string
  subtitle?: string
  logo?: DocumentImage
}

/** Labels with what belongs to them; `heading` stands above, the first item may be the large one. */
export interface FieldsBlock {
  type: 'fields'
  heading?: string
  /** Side by side. */
  across: number
  items: { label: string; text: string; strong?: boolean }[]
}

interface ColumnsBlock {
  type: 'columns'
  columns: ComposedBlock[][]
  /** Shares of the width. */
  widths: number[]
}

export interface LinesBlock {
  type: 'lines'
  columns: ComposedColumn[]
  rows: ComposedCell[][]
}

export interface ComposedColumn {
  heading: string
  align: 'left' | 'center' | 'right'
  /** Its texts may break into lines; numbers and short ones never do. */
  wraps: boolean
  /** Points. */
  width: number
}

export interface ComposedCell {
  text: string
  /** For XLSX: the number behind the text. */
  value?: number
  /** How many decimals the text shows. */
  decimals?: number
  /** Smaller, below. */
  more?: string[]
}

export interface TotalsBlock {
  type: 'totals'
  rows: { label: string; text: string; value: number; strong?: boolean }[]
}

export interface TextBlock {
  type: 'text'
  heading?: string
  text: string
  size?: number
  bold?: boolean
  align?: 'left' | 'center' | 'right'
  /** In a tinted box. */
  boxed?: boolean
}

export interface SignaturesBlock {
  type: 'signatures'
  parties: { label: string; name: string; lines: string[]; seal?: DocumentImage }[]
}

type PlainBlock =
  | { type: 'rule' }
  | { type: 'space'; height: number }
  | { type: 'image'; image: DocumentImage; width: number; align: 'left' | 'center' | 'right' }
