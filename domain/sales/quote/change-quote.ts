import type * as z from 'zod'
import { QuoteChanged, QuoteCreated, QuoteDeleted } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import {
  type Contact,
  type Customer,
  contacts,
  customers,
  isThingOf,
  visibleOfCustomer,
  writableCustomer,
  writableOfCustomer,
} from '../../parties/index.ts'
import { numberFor, requireTemplate } from '../../platform/index.ts'
import { commit } from '../../store/commit.ts'
import { find, get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { readTally } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { rateOf } from '../document/exchange-rate.ts'
import { placesKept } from '../document/line-ids.ts'
import { usuallyIncludesTax } from '../document/usual-tax.ts'
import { composed, priced, type QuoteHead } from './price-quote.ts'
import { quotes } from './quote.table.ts'
import { type ChangeQuote, type CreateQuote, type Quote, QuoteRecord } from './quote.ts'
import { requireValidity, stepOn, usualEnd } from './rules.ts'
import { orderedKey } from './take-from-quote.ts'

export const subjectOf = ({ id, customerId }: Pick<Quote, 'id' | 'customerId'>) => ({ type: 'quote', id, customerId })

type Input = z.output<typeof CreateQuote>

/** A contact of this customer; 404 at its place for any other. */
async function requireContact(ctx: Context, customer: Customer, contactId: string): Promise<Contact> {
  const contact = isThingOf(customer, contactId) ? await find(ctx, contacts, contactId) : undefined
  if (!contact) throw notFound('contact', '/contactId')
  return contact
}

/** What a quote starts with: what was sent, what the customer has agreed, and what is usual. */
function headOf(ctx: Context, customer: Customer, input: Omit<Input, 'lines'>): QuoteHead {
  const currency = input.currency ?? ctx.tenant.currency
  const quotedOn = input.quotedOn ?? today(ctx)
  return {
    ...(customer.paymentTerms ? { paymentTerms: customer.paymentTerms } : {}),
    ...(compact(input) as object),
    ...newRecord(ctx, 'quo', customer.id),
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    number: '',
    quotedOn,
    validUntil: input.validUntil ?? usualEnd(quotedOn, today(ctx)),
    currency,
    exchangeRate: rateOf(ctx.tenant, currency, input.exchangeRate),
    pricesIncludeTax: input.pricesIncludeTax ?? usuallyIncludesTax(ctx.tenant),
    reusable: input.reusable ?? false,
    status: 'draft',
    revision: 1,
  }
}

/** Gives a new quote its number and writes it: last of all, so that a number is taken only for what can be written. */
export async function writeNew(ctx: Context, customer: Customer, draft: Quote, given: string | null | undefined): Promise<Quote> {
  const number = await numberFor(ctx, 'quote', draft.quotedOn, given)
  const quote = { ...draft, number }
  return commit(ctx, [quotes.create(quote), customers.keepField(customer, 'ownerId')], [QuoteCreated(subjectOf(quote), { number })])
}

/** Drafts a quote. 404 at its place for a customer, contact, product or template out of sight; 422 for what its amounts or days do not bear. */
export async function createQuote(ctx: Context, input: Input): Promise<Quote> {
  const customer = await writableCustomer(ctx, input.customerId, '/customerId')
  const { lines, number, ...rest } = input
  const head = headOf(ctx, customer, rest)
  requireValidity(head, today(ctx))
  if (head.contactId) await requireContact(ctx, customer, head.contactId)
  if (head.templateId) await requireTemplate(ctx, 'quote', head.templateId)
  return writeNew(ctx, customer, await composed(ctx, head, { customer, lines }), number)
}

type Changes = z.output<typeof ChangeQuote>

/** The draft after a change, priced anew. */
async function changedDraft(ctx: Context, customer: Customer, before: Quote, changes: Changes): Promise<Quote> {
  const { lines, discount, quotedOn, validUntil, currency, pricesIncludeTax, reusable, ...plain } = changes
  const required = compact({ quotedOn, validUntil, currency, pricesIncludeTax, reusable })
  if (currency && currency !== before.currency && !lines)
    throw invalid('document.currency-mismatch', '/currency', 'Prices are in the former currency. Send the lines with the new one.')
  const { discount: former, ...merged }: Quote = mergePatch(QuoteRecord, before, { ...plain, ...required })
  const off = discount === undefined ? former : (discount ?? undefined)
  const rate = changes.exchangeRate === undefined && merged.currency !== before.currency ? undefined : merged.exchangeRate
  const head = { ...merged, exchangeRate: rateOf(ctx.tenant, merged.currency, rate), ...(off ? { discount: off } : {}) }
  return lines ? placesKept(before, await composed(ctx, head, { customer, lines, before: before.lines })) : priced(ctx, head, before.lines)
}

/** Changes a draft by merge patch; 409 `quote.sent` for what was sent. A line that is sent with its id stays that line. */
export async function changeQuote(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: Changes; ifMatch?: string | undefined },
): Promise<Quote> {
  const { record: before, customer } = await writableOfCustomer(ctx, quotes, id)
  requireVersion(before, ifMatch)
  stepOn(before, 'change', today(ctx))
  if (changes.contactId) await requireContact(ctx, customer, changes.contactId)
  if (changes.templateId) await requireTemplate(ctx, 'quote', changes.templateId)
  const after = await changedDraft(ctx, customer, before, changes)
  if (changes.validUntil || changes.quotedOn) requireValidity(after, today(ctx))
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  return commit(ctx, [quotes.replace(ctx, before, after)], [QuoteChanged(subjectOf(before), { changed })])
}

/** The former revision as it was before this one took its place. */
async function formerBack(ctx: Context, { formerId }: Quote): Promise<Write[]> {
  if (!formerId) return []
  const former = await get(ctx, quotes, formerId, { consistent: true })
  const { supersededById: _by, formerStatus = former.status, ...rest } = former
  return [quotes.replace(ctx, former, { ...rest, status: formerStatus })]
}

/** Deletes a draft; of a revision the former one holds again. 409 `quote.sent` for what was sent. */
export async function deleteQuote(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record } = await writableOfCustomer(ctx, quotes, id)
  requireVersion(record, ifMatch)
  stepOn(record, 'delete', today(ctx))
  await commit(
    ctx,
    [quotes.remove(record), ...(await formerBack(ctx, record))],
    [QuoteDeleted(subjectOf(record), { number: record.number })],
  )
}

/** A quote with the quantities that orders have taken of it, by the place of the line. */
export type OrderedQuote = Quote & { ordered?: Record<string, number> }

/** One quote of a customer that the caller may see. */
export async function getQuote(ctx: Context, { id }: { id: string }): Promise<OrderedQuote> {
  const { record } = await visibleOfCustomer(ctx, quotes, id)
  return record.status === 'accepted' ? { ...record, ordered: await readTally(ctx, orderedKey(id)) } : record
}
