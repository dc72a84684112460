/** What other contexts may use of finance. */

export { checkDispatch } from './credit/check-dispatch.ts'
export { type Raise, raiseExposure } from './credit/raise-exposure.ts'
export { type CreditFlag, type CreditVerdict, creditFlags } from './credit/verdict.ts'
export { allOpen, isReceivable, type OpenItem, openItemOf } from './ledger/open-item.ts'
export { postings, postingsIn, postingsOfAll } from './ledger/posting.table.ts'
export type { Posting, PostingPart } from './ledger/posting.ts'
export { type Overdue, openOf, openOfAll, openReceivablesOf, overdueOf } from './ledger/read-open.ts'
export { requireOpenDate } from './period.ts'
export { dueOn, type Terms } from './receivable/due-on.ts'
