import * as z from 'zod'
import type { Locale } from '../../kernel/text.ts'
import { line, paragraph } from '../../kernel/text.ts'
import type { SalesDocumentView } from '../../platform/index.ts'
import type { Quote, QuoteStatus } from '../quote/quote.ts'

/** The page of a sent quote, as the customer sees it. */
export interface QuotePage {
  locale: Locale
  nonce: string
  /** Where the PDF is. */
  pdf: string
  view: SalesDocumentView
  status: QuoteStatus
  firm: { name: string; phone?: string; email?: string; address?: string }
  /** A data address of the logo. */
  logo?: string
  decision?: Quote['decision']
  /** Where the revision stands that took its place, when it was sent too. */
  newer?: string
  /** The lines in the columns of the page, worded. */
  lines: { description: string; details: string; note: string; quantity: string; price: string; amount: string }[]
  totals: { label: string; text: string; strong?: boolean }[]
  words: string
  paymentTerms: string
  /** What was typed and not taken. */
  fault?: PageFault
  entered?: Record<string, string>
}

/** Why there is no page to be shown. */
export type QuotePageOutcome = 'invalid' | 'expired-link' | 'failed'

export type PageFault = 'name' | 'reason' | 'too-long' | 'again'

export const NAME_MAX = 100
export const TEXT_MAX = 1000

const name = line(NAME_MAX)
const optional = <S extends z.ZodType>(schema: S) => z.union([z.literal('').transform(() => undefined), schema]).optional()

/** What the buttons of the page send. */
export const QuoteForm = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept'), name, customerPo: optional(line(100)), comment: optional(paragraph(TEXT_MAX)) }),
  z.strictObject({ action: z.literal('decline'), name, reason: paragraph(TEXT_MAX) }),
])
export type QuoteForm = z.output<typeof QuoteForm>

/** The form as it may be taken, or what is wrong with it. Browsers end lines with CR LF and count them as one. */
export function readQuoteForm(form: Record<string, string>): QuoteForm | PageFault {
  const parsed = QuoteForm.safeParse(
    Object.fromEntries(Object.entries(form).map(([key, text]) => [key, text.replaceAll('\r\n', '\n').trim()])),
  )
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  if (issues.some(({ code }) => code === 'too_big')) return 'too-long'
  const places = issues.map(({ path }) => path[0])
  if (places.includes('name')) return 'name'
  return places.includes('reason') ? 'reason' : 'again'
}
