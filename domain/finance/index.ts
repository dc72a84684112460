/** What other contexts may use of finance. */

export { customerOfBooks, customersOfBooks } from './access.ts'
export { ageToday } from './ageing/age-today.ts'
export { type AgeBy, type Ageing, ageOpen, type Bucket, bucketOf, buckets } from './ageing/ageing.ts'
export { exposuresOf } from './ageing/exposures.ts'
export { invoicedBetween } from './ageing/invoiced.ts'
export { type OpenAsOf, openAsOf } from './ageing/open-as-of.ts'
export { concentrationOf, daysSalesOutstanding, dsoDays, type RiskFlag, riskFlags, shareOf } from './ageing/risk.ts'
export { type BookFault, checkBooks } from './books/check-books.ts'
export { checkOpenSums } from './books/check-sums.ts'
export { checkDispatch } from './credit/check-dispatch.ts'
export { openBooks } from './credit/credit-item.ts'
export { exposureKeys, limitOf, raiseExposure } from './credit/raise-exposure.ts'
export { Credit, creditOf } from './credit/read-credit.ts'
export type { CreditVerdict } from './credit/verdict.ts'
export { settleEndedOrder } from './credit-note/settle-ended-order.ts'
export { postings, postingsIn, postingsOfAll } from './ledger/posting.table.ts'
export { openOfAll } from './ledger/read-open.ts'
export { requireOpenDate } from './period.ts'
export { latestReceiptOf } from './receipt/latest-receipt.ts'
export { type MoneyReceived, moneyReceived } from './receipt/money-received.ts'
export { Receipt, shownReceipt } from './receipt/receipt.ts'
export { receivables } from './receivable/receivable.table.ts'
export { outstandingOf, type Receivable } from './receivable/receivable.ts'
export {
  type DueReceivable,
  ownersOfDue,
  promisesOf,
  receivablesDueBetween,
  receivablesDueOf,
  receivablesDueOfAll,
} from './receivable/receivables-due.ts'
export { withdrawReceivables } from './receivable/withdraw-receivables.ts'
export { type Account, accountOf, type Movement } from './statement/account.ts'
export { cutOffDayOf, lastPeriod } from './statement/statement-period.ts'
