import type { DeliveredEvent } from '../../../events/define.ts'
import type { Opening } from '../../../events/fields.ts'
import type { Context } from '../../kernel/context.ts'
import { addDays } from '../../kernel/dates.ts'
import { money } from '../../kernel/money.ts'
import { creditKey, customers } from '../../parties/index.ts'
import { findGuarded, guardKey } from '../../store/guard.ts'
import { findParents } from '../../store/read.ts'
import { readAlong } from '../../store/read-along.ts'
import { readItems } from '../../store/read-items.ts'
import { newRecord } from '../../store/record.ts'
import { numbersOf } from '../../store/tally.ts'
import { commitmentKey, commitmentOf } from '../credit/commitment.ts'
import { holdOwner } from '../credit/hands.ts'
import { moveCommitment } from '../credit/move-commitment.ts'
import { creditsIn } from '../ledger/read-open.ts'
import { creditsFor, openWithCredits } from '../settlement/use-credits.ts'
import { dueOn, type Terms } from './due-on.ts'
import { dueId, shareKey } from './receivable.table.ts'
import type { Receivable } from './receivable.ts'

/** What sales published: whose number, in which currency, from which day. */
interface Facts {
  number: string
  currency: string
  issuedOn: string
  openings: Opening[]
}

/** Which share of an order or direct shipment it is: what one document opens of it, by its terms or for an instalment. */
export const shareOf = (documentId: string, { of, instalment }: Pick<Opening, 'of' | 'instalment'>) => ({
  of,
  share: `${documentId} ${instalment ?? 'terms'}`,
})

/** By the terms that stand on the document, else so many days after what the instalment waited for, or on its day. */
function dueDay({ by, terms, days, on }: Opening, issuedOn: string): string {
  const due = by === 'terms' ? (terms ? dueOn(terms as Terms, issuedOn) : issuedOn) : (on ?? addDays(issuedOn, days ?? 0))
  return due < issuedOn ? issuedOn : due
}

/** The number of the document, with the instalment where that has one. */
function numberAt({ number, openings }: Facts, { instalment }: Opening, place: number): string {
  const part = instalment ?? (openings.length > 1 ? place + 1 : undefined)
  return part === undefined ? number : `${number}-${part}`
}

/** The number; with a stroke where somebody typed the same by hand. */
async function freeNumber(ctx: Context, own: string): Promise<string> {
  const isFree = async (text: string) => (await findGuarded(ctx, 'receivable-number', text, true)) === undefined
  if (await isFree(own)) return own
  for (let n = 2; ; n++) if (await isFree(`${own}/${n}`)) return `${own}/${n}`
}

const orderOf = (of: string): string | undefined => (of.startsWith('ord_') ? of : undefined)

async function openShare(ctx: Context, documentId: string, facts: Facts, opening: Opening, place: number): Promise<void> {
  const source = shareOf(documentId, opening)
  const { of, amount, base, exchangeRate } = opening
  const own = numberAt(facts, opening, place)
  const keys = [shareKey(source), commitmentKey(of), creditKey(of)]
  const along = readAlong(ctx, [...keys, guardKey('receivable-number', own)])
  const [owners, credits] = await Promise.all([findParents(along, customers, [of], { consistent: true }), creditsIn(ctx, of)])
  const customer = owners.get(of)
  const [taken, commitmentItem, credit] = await readItems(along, keys, { consistent: true })
  if (taken || !customer) return
  const due = dueDay(opening, facts.issuedOn)
  const record = newRecord(ctx, 'rcv', of)
  const documents = {
    ...(orderOf(of) ? { orderId: of } : {}),
    ...(documentId.startsWith('shp_') ? { shipmentId: documentId } : {}),
  }
  const [number, waiting] = await Promise.all([
    freeNumber(along, own),
    creditsFor(ctx, customer, { ...documents, currency: facts.currency }, { home: of, credits }),
  ])
  const receivable: Receivable = {
    ...record,
    id: dueId(record.id, due),
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    ...documents,
    number,
    issuedOn: facts.issuedOn,
    dueOn: due,
    amount: money(amount, facts.currency),
    exchangeRate,
    base,
    settled: 0,
    source,
  }
  const commitment = moveCommitment(of, commitmentOf(numbersOf(commitmentItem)), { opened: base })
  await openWithCredits(ctx, receivable, [...commitment, holdOwner(customer, of, credit)], waiting)
}

/**
 * Opens what a shipment, a sign-off or a confirmed order makes owed: a receivable for each share, which takes the same amount
 * off what is only ordered. Each share is opened once, however often and in whatever order the news comes.
 */
export async function openShares(ctx: Context, event: DeliveredEvent<unknown>, facts: Facts): Promise<void> {
  for (const [place, opening] of facts.openings.entries())
    if (opening.amount > 0) await openShare(ctx, event.subject.id, facts, opening, place)
}
