import { type Referrer, thingsOf } from '../../parties/index.ts'
import { quotes } from './quote.table.ts'
import type { Quote } from './quote.ts'

/** Quotes go with their customer when it is merged, into the lists and reminders of its owner. */
export const quoteReferrer: Referrer = thingsOf<Quote>('quotes', quotes, {
  turned: ({ ownerId: _former, ...quote }, { to }) => ({ record: { ...quote, ...(to.ownerId ? { ownerId: to.ownerId } : {}) } }),
})
