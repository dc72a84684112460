import * as z from 'zod'
import type { Locale } from '../../kernel/text.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { NAME_MAX, type PageFirm, readPageForm, type StatementView, TEXT_MAX } from '../../platform/index.ts'
import type { StatementAnswer } from '../statement/statement.ts'

/** The page of a statement, as the customer sees it. */
export interface StatementPage {
  locale: Locale
  nonce: string
  /** Where the PDF is. */
  pdf: string
  view: StatementView
  firm: PageFirm & { bank?: string }
  /** A data address of the logo. */
  logo?: string
  /** The closing balance in minor units: what the buttons speak of. */
  closing: number
  answer?: StatementAnswer | undefined
  /** Whether the answer is to these figures. */
  isAnswered: boolean
  /** What was typed and not taken. */
  fault?: StatementPageFault
  entered?: Record<string, string>
}

/** Why there is no page to be shown. */
export type StatementPageOutcome = 'invalid' | 'expired-link' | 'failed'

export type StatementPageFault = 'name' | 'comment' | 'changed' | 'too-long' | 'again'

const by = line(NAME_MAX)
const closing = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number)

/** What the buttons of the page send, with the balance that stood above them. */
export const StatementForm = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('confirm'), name: by, closing }),
  z.strictObject({ action: z.literal('object'), name: by, comment: paragraph(TEXT_MAX), closing }),
])
export type StatementForm = z.output<typeof StatementForm>

/** The form as it may be taken, or what is wrong with it. */
export const readStatementForm = (form: Record<string, string>): StatementForm | StatementPageFault =>
  readPageForm(StatementForm, form, ['name', 'comment'] as const)
