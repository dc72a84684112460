import type { Bucket } from '../../finance/index.ts'
import type { Locale } from '../../kernel/text.ts'
import type { DueQuote, Quiet, Reclaim } from '../../parties/index.ts'

/** What is owed, in minor units of the books' currency: in all, by how many receivables, and by their age. */
export interface Owed {
  total: number
  count: number
  byBucket: Partial<Record<Bucket | 'notDue', number>>
  /** When the customer said last that it would pay. */
  promisedOn?: string
}

/** One thing to do, as a line of the digest shows it. */
export interface DigestLine {
  customerId: string
  customerName: string
  subject: string
  dueOn: string
  /** More than 0: late; 0: today; less than 0: ahead. */
  daysLate: number
  phone?: string
  lastContactAt?: string
  /** Of receivables, in place of a subject. */
  owed?: Owed
  /** Of quotes, in place of a subject. */
  quote?: DueQuote
  /** Of a customer that one does not hear of, in place of a subject. */
  quiet?: Quiet
  /** Of a warning, in place of a subject: for want of what the customer goes. */
  fact?: Reclaim['fact']
  /** Whose it is; shown to managers. */
  ownerName?: string
  /** The customer stands in a public pool. */
  inPool?: true
  /** The signed page behind the line; none for a customer of a pool, which that page would not show. */
  link?: string
}

/** What deciding about a digest needs of a due entry; the rest of the line may be read afterwards, for the lines that are shown. */
export interface Due {
  customerId: string
  dueOn: string
  customerName?: string
}

export type SectionKind =
  | 'overdue'
  | 'today'
  | 'tomorrow'
  | 'reclaim'
  | 'reorder'
  | 'dormant'
  | 'quote'
  | 'delivery'
  | 'receivable-overdue'
  | 'receivable-today'
  | 'receivable-soon'
  | 'team-overdue'
  | 'team-receivable'

export interface DigestSection<Line = DigestLine> {
  kind: SectionKind
  /** The days the section speaks of, both included; without `from` everything up to `to`. */
  from?: string
  to: string
  lines: Line[]
  /** Due entries beyond the lines shown. */
  more: number
  /** Different customers among all of them, shown or not. */
  customers: number
  /** Of receivables: what all of them come to. */
  owed?: Owed
}

export interface Digest<Line = DigestLine> {
  day: string
  sections: DigestSection<Line>[]
}

/** Whom a digest is for, and how they read. */
export interface DigestReader {
  locale: Locale
  timeZone: string
  tenantName: string
  userName: string
  /** Of the books, in which is told what is owed. */
  currency: string
}
