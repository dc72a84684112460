import type { Context } from '../../kernel/context.ts'
import { addDays, today } from '../../kernel/dates.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { plainItem, type RawItem, readRaw } from '../../store/raw.ts'
import { allOpen, isReceivable, openItemOf } from '../ledger/open-item.ts'
import { behind, type Posting, type PostingPart } from '../ledger/posting.ts'
import { postingsBetween } from './postings-between.ts'

/** What was open on a day: a receivable, or money of a customer that belongs to none. */
export interface OpenAsOf {
  id: string
  kind: 'receivable' | 'credit'
  /** The ten characters that name the partition it stands in. */
  partition: string
  /** Who has the customer; of what is settled by now, who had it then. */
  ownerId: string | undefined
  isSettled: boolean
  currency: string
  /** Minor units of `currency`, and the same in the currency of the books. */
  amount: number
  balance: number
  issuedOn: string
  dueOn: string
}

type Open = Map<string, OpenAsOf>

/** All that is open now: 20,000 items are 0.02 RRU and 20 µs each. */
async function openNow(ctx: Context): Promise<Open> {
  const found: Open = new Map()
  const take = (page: RawItem[]) => {
    for (const raw of page) {
      const {
        id,
        home,
        ownerId,
        currency,
        balance: amount,
        base: balance,
        issuedOn,
        dueOn = issuedOn,
      } = openItemOf(plainItem(raw), ctx.tenant.currency)
      const kind = isReceivable({ id }) ? 'receivable' : 'credit'
      found.set(id, { id, kind, partition: partitionOf(home), ownerId, isSettled: false, currency, amount, balance, issuedOn, dueOn })
    }
  }
  await Promise.all(allOpen.map(({ partition }) => readRaw(ctx, partition, ['sk', 'b', 'B', 'c', 'i', 'd', 'o'], take)))
  return found
}

/** What of an item is not known from the item itself, since it is settled by now. */
const unopened = (id: string, { id: postingId, currency, ownerId, on }: Posting, part?: PostingPart): OpenAsOf => ({
  id,
  kind: part ? 'receivable' : 'credit',
  // A receipt that waited for its customer lies elsewhere than in the partition it is posted in.
  partition: partitionOf(part ? id : postingId),
  ownerId,
  isSettled: true,
  currency,
  amount: 0,
  balance: 0,
  issuedOn: part?.issuedOn ?? on,
  dueOn: part?.dueOn ?? on,
})

/** Takes back what a posting did behind a day, as if it had not been made. */
function takeBack(open: Open, posting: Posting, day: string): void {
  const lessen = (item: OpenAsOf, amount: number, base: number) => {
    item.amount -= amount
    item.balance -= base
    open.set(item.id, item)
  }
  const { parts, unallocated, unallocatedBase } = behind(posting, day)
  for (const part of parts) lessen(open.get(part.receivableId) ?? unopened(part.receivableId, posting, part), part.amount, part.base)
  const { sourceId } = posting
  if (sourceId && (unallocated !== 0 || unallocatedBase !== 0))
    lessen(open.get(sourceId) ?? unopened(sourceId, posting), unallocated, unallocatedBase)
}

/**
 * What was open at the end of a day: of receivables issued by then, by the postings dated up to then. It is what is open now
 * with the later postings taken back, so that it costs as much as happened since and nothing for what was before.
 */
export async function openAsOf(ctx: Context, asOf: string): Promise<OpenAsOf[]> {
  const now = today(ctx)
  const open = await openNow(ctx)
  // A day of ours may have begun where this function's clock has not got yet.
  if (asOf < now)
    for await (const page of postingsBetween(ctx, addDays(asOf, 1), addDays(now, 1)))
      for (const posting of page) takeBack(open, posting, asOf)
  return [...open.values()].filter(({ amount, balance }) => amount !== 0 || balance !== 0)
}
