/** What other contexts may use of platform. */

export { type Upserted, upsertBy } from './bulk/upsert.ts'
export { composeTotals } from './document/compose/compose-totals.ts'
export { movementName } from './document/compose/line-columns.ts'
export type {
  DocumentParty,
  DocumentPerson,
  DocumentTotals,
  DocumentView,
  DocumentViewLine,
  SalesDocumentView,
  StatementMovement,
  StatementView,
} from './document/document-view.ts'
export { requireTemplate } from './document/template/require-template.ts'
export { amountText as documentAmount, dateText as documentDate, priceText as documentPrice } from './document/wording/format.ts'
export { paymentTermsText } from './document/wording/payment-terms-text.ts'
export { amountInWords } from './document/words/amount-in-words.ts'
export { requireFileOf } from './file/file-of.ts'
export type { MailKey } from './mail/mail.ts'
export { sendNotice } from './mail/send-notice.ts'
export { type ComposedMail, type SendOutcome, sendOnce } from './mail/send-once.ts'
export { findByNumber, nextNumber, numberFor, numberGuard } from './number/next-number.ts'
export {
  contactCard,
  documentPage,
  firmHeader,
  inputField,
  NAME_MAX,
  namedFact,
  nameField,
  noticePage,
  type PageFirm,
  stateCard,
  TEXT_MAX,
  textField,
  wordsCard,
} from './page/document-page.ts'
export { pageFrame } from './page/page-frame.ts'
export { readPageForm, withPlainLines } from './page/read-form.ts'
export { writeXlsx } from './sheet/write-xlsx.ts'
export { LiquidFault, type ParsedText, parseText, renderText, variablesOf } from './template/liquid-text.ts'
