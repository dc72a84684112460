/** What other contexts may use of finance. */

export { customerOfBooks, customersOfBooks } from './access.ts'
export { ageToday } from './ageing/age-today.ts'
export { type AgeBy, type Ageing, ageOpen, type Bucket, bucketOf, buckets, daysOverdue, type OpenAmount } from './ageing/ageing.ts'
export { exposuresOf } from './ageing/exposures.ts'
export { invoicedBetween } from './ageing/invoiced.ts'
export { type OpenAsOf, openAsOf } from './ageing/open-as-of.ts'
export { concentrationOf, daysSalesOutstanding, dsoDays, type RiskFlag, riskFlags, shareOf } from './ageing/risk.ts'
export { type BookFault, checkBooks } from './books/check-books.ts'
export { checkOpenSums } from './books/check-sums.ts'
export { checkDispatch } from './credit/check-dispatch.ts'
export { openBooks } from './credit/credit-item.ts'
export { exposureKeys, limitOf, type Raise, raiseExposure } from './credit/raise-exposure.ts'
export { Credit, creditOf } from './credit/read-credit.ts'
export { type CreditFlag, type CreditVerdict, creditFlags } from './credit/verdict.ts'
export { type EndedOrder, settleEndedOrder } from './credit-note/settle-ended-order.ts'
export { allOpen, isReceivable, type OpenItem, openItemOf } from './ledger/open-item.ts'
export { postings, postingsIn, postingsOfAll } from './ledger/posting.table.ts'
export type { Posting, PostingPart } from './ledger/posting.ts'
export { type Overdue, openOf, openOfAll, openReceivablesOf, overdueOf } from './ledger/read-open.ts'
export { requireOpenDate } from './period.ts'
export { latestReceiptOf } from './receipt/latest-receipt.ts'
export { type MoneyReceived, moneyReceived } from './receipt/money-received.ts'
export { Receipt, shownReceipt } from './receipt/receipt.ts'
export { dueOn, type Terms } from './receivable/due-on.ts'
export { receivablesOf } from './receivable/find-receivables.ts'
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
export { type Withdrawal, withdrawReceivables } from './receivable/withdraw-receivables.ts'
export { type Account, accountOf, type Movement } from './statement/account.ts'
export { cutOffDayOf, lastPeriod } from './statement/statement-period.ts'
