/** What other contexts may use of platform. */

export { type Upserted, upsertBy } from './bulk/upsert.ts'
export type {
  DocumentKind,
  DocumentParty,
  DocumentPaymentTerms,
  DocumentPerson,
  DocumentTotals,
  DocumentView,
  DocumentViewLine,
  SalesDocumentView,
  StatementMovement,
  StatementView,
} from './document/document-view.ts'
export { requireFileOf } from './file/file-of.ts'
export type { MailKey } from './mail/mail.ts'
export { type ComposedMail, type SendOutcome, sendOnce } from './mail/send-once.ts'
export { findByNumber, nextNumber, numberFor, numberGuard } from './number/next-number.ts'
export { contentSecurityPolicy, pageFrame } from './page/page-frame.ts'
export { writeXlsx } from './sheet/write-xlsx.ts'
export { LiquidFault, type ParsedText, parseText, renderText, variablesOf } from './template/liquid-text.ts'
