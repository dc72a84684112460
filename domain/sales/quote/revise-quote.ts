import { QuoteRevised } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { customers, visibleOfCustomer, writableCustomer, writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { newRecord } from '../../store/record.ts'
import { subjectOf, writeNew } from './change-quote.ts'
import { copiedLines, priced, type QuoteHead } from './price-quote.ts'
import { quotes } from './quote.table.ts'
import type { Quote } from './quote.ts'
import { stepOn, usualEnd } from './rules.ts'

/** What a quote says, without what became of it. */
function saidBy(quote: Quote) {
  const { contactId, number, currency, exchangeRate, pricesIncludeTax, reusable, discount, paymentTerms, terms, notes, templateId } = quote
  return {
    ...{ number, currency, exchangeRate, pricesIncludeTax, reusable },
    ...(contactId ? { contactId } : {}),
    ...(discount ? { discount } : {}),
    ...(paymentTerms ? { paymentTerms } : {}),
    ...(terms ? { terms } : {}),
    ...(notes ? { notes } : {}),
    ...(templateId ? { templateId } : {}),
  }
}

/** A draft that says the same, of today. */
function draftLike(ctx: Context, quote: Quote, { id: customerId, ownerId }: { id: string; ownerId?: string | undefined }): QuoteHead {
  const day = today(ctx)
  return {
    ...saidBy(quote),
    ...newRecord(ctx, 'quo', customerId),
    customerId,
    ...(ownerId ? { ownerId } : {}),
    quotedOn: day,
    validUntil: usualEnd(day, day),
    status: 'draft',
    revision: 1,
  }
}

/**
 * Begins the next revision under the same number; the one before is superseded at once. What was accepted is not revised. 409
 * `quote.superseded` for one that is not the latest, `quote.state` for a draft, which is changed instead.
 */
export async function reviseQuote(ctx: Context, { id }: { id: string }): Promise<Quote> {
  const { record: former, customer } = await writableOfCustomer(ctx, quotes, id)
  const status = stepOn(former, 'revise', today(ctx))
  const head = { ...draftLike(ctx, former, customer), revision: former.revision + 1, formerId: former.id }
  const next = priced(ctx, head, copiedLines(former.lines, head.id))
  const ended: Quote = { ...former, status, formerStatus: former.status, supersededById: next.id }
  const event = QuoteRevised(subjectOf(next), { number: next.number, revision: next.revision, formerId: former.id })
  return commit(ctx, [quotes.create(next), quotes.replace(ctx, former, ended), customers.keepField(customer, 'ownerId')], [event])
}

/** Drafts a quote that says the same, under a number of its own: for the same customer, or another one, without its contact. */
export async function duplicateQuote(
  ctx: Context,
  { id, customerId }: { id: string; customerId?: string | null | undefined },
): Promise<Quote> {
  const { record } = await visibleOfCustomer(ctx, quotes, id)
  const customer = await writableCustomer(ctx, customerId ?? record.customerId, '/customerId')
  const { contactId, ...head } = draftLike(ctx, record, customer)
  const same = customer.id === record.customerId && contactId ? { ...head, contactId } : head
  return writeNew(ctx, customer, priced(ctx, same, copiedLines(record.lines, head.id)), undefined)
}
