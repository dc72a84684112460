import * as z from 'zod'
import type { Locale } from '../../kernel/text.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { NAME_MAX, type PageFirm, readPageForm, type SalesDocumentView, TEXT_MAX } from '../../platform/index.ts'
import type { PresentedDocument } from '../document-page/present-document.ts'
import type { Quote, QuoteStatus } from '../quote/quote.ts'

/** The page of a sent quote, as the customer sees it. */
export interface QuotePage extends PresentedDocument {
  locale: Locale
  nonce: string
  /** Where the PDF is. */
  pdf: string
  view: SalesDocumentView
  status: QuoteStatus
  firm: PageFirm
  /** A data address of the logo. */
  logo?: string
  decision?: Quote['decision']
  /** Where the revision stands that took its place, when it was sent too. */
  newer?: string
  /** What was typed and not taken. */
  fault?: PageFault
  entered?: Record<string, string>
}

/** Why there is no page to be shown. */
export type QuotePageOutcome = 'invalid' | 'expired-link' | 'failed'

export type PageFault = 'name' | 'reason' | 'too-long' | 'again'

const name = line(NAME_MAX)
const optional = <S extends z.ZodType>(schema: S) => z.union([z.literal('').transform(() => undefined), schema]).optional()

/** What the buttons of the page send. */
export const QuoteForm = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept'), name, customerPo: optional(line(100)), comment: optional(paragraph(TEXT_MAX)) }),
  z.strictObject({ action: z.literal('decline'), name, reason: paragraph(TEXT_MAX) }),
])
export type QuoteForm = z.output<typeof QuoteForm>

/** The form as it may be taken, or what is wrong with it. */
export const readQuoteForm = (form: Record<string, string>): QuoteForm | PageFault =>
  readPageForm(QuoteForm, form, ['name', 'reason'] as const)
