import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { minor } from '../../kernel/money.ts'
import type { Numbers } from '../../store/tally.ts'
import { shareOfBase } from '../amount.ts'
import { commitmentOf, openOf as openCommitment } from '../credit/commitment.ts'
import { isWaiting } from '../receipt/receipt.ts'
import { billOf } from '../receipt/receipt-kind.ts'
import { outstandingOf } from '../receivable/receivable.ts'
import { homeOf, type Source, unallocatedBaseOf, unallocatedOf } from '../settlement/source.ts'
import { checkMonthEnds } from './check-month-ends.ts'
import { type Books, readBooks } from './read-books.ts'

/** A figure that is kept and differs from what the ledger and the documents come to. */
export interface BookFault {
  about: string
  what: string
  kept: number
  computed: number
}

/** Sums by key. */
function adding(): Map<string, number> & { plus(key: string, by: number): void } {
  const sums = new Map<string, number>()
  return Object.assign(sums, { plus: (key: string, by: number) => void sums.set(key, (sums.get(key) ?? 0) + by) })
}

type Compare = (about: string, what: string, kept: number | undefined, computed: number | undefined) => void

/** What the ledger says of each receivable, source and partition. */
function ledgerSums({ postings }: Books) {
  const [owed, owedBase, left, leftBase, shares, receivable, unallocated] = Array.from({ length: 7 }, adding) as ReturnType<typeof adding>[]
  for (const posting of postings) {
    const home = partitionOf(posting.id)
    receivable!.plus(home, posting.receivableBase)
    unallocated!.plus(home, posting.unallocatedBase)
    if (posting.sourceId) {
      left!.plus(posting.sourceId, posting.unallocated)
      leftBase!.plus(posting.sourceId, posting.unallocatedBase)
    }
    for (const part of posting.parts) {
      owed!.plus(part.receivableId, part.amount)
      owedBase!.plus(part.receivableId, part.base)
      if (posting.sourceId) shares!.plus(`${posting.sourceId} ${part.receivableId}`, -part.amount)
    }
  }
  return {
    owed: owed!,
    owedBase: owedBase!,
    left: left!,
    leftBase: leftBase!,
    shares: shares!,
    receivable: receivable!,
    unallocated: unallocated!,
  }
}

type Sums = ReturnType<typeof ledgerSums>

function checkReceivables(books: Books, sums: Sums, compare: Compare): void {
  const open = new Map(books.open.map((item) => [item.id, item]))
  for (const receivable of books.receivables) {
    const { id, base, amount, settled } = receivable
    const whole = minor(amount)
    const left = outstandingOf(receivable)
    compare(id, 'outstanding', left, sums.owed.get(id))
    compare(id, 'outstanding in base', base - shareOfBase({ base, whole }, settled), sums.owedBase.get(id))
    compare(id, 'outstanding below nothing or above the amount', left < 0 || left > whole ? left : 0, 0)
    compare(id, 'open item', open.get(id)?.balance, left)
    compare(id, 'open item in base', open.get(id)?.base, left === 0 ? 0 : sums.owedBase.get(id))
  }
}

function checkSources(books: Books, sums: Sums, compare: Compare): void {
  const open = new Map(books.open.map((item) => [item.id, item]))
  const sources: Source[] = [...books.receipts.filter((receipt) => !isWaiting(receipt)), ...books.sources]
  const allocated = adding()
  for (const source of sources) {
    const { id } = source
    compare(id, 'unallocated', unallocatedOf(source), sums.left.get(id))
    compare(id, 'unallocated in base', unallocatedBaseOf(source), sums.leftBase.get(id))
    compare(id, 'open item', open.get(id)?.balance, unallocatedOf(source))
    for (const { receivableId, units } of source.allocations) allocated.plus(`${id} ${receivableId}`, units)
  }
  for (const key of new Set([...allocated.keys(), ...sums.shares.keys()]))
    compare(key, 'allocated', allocated.get(key), sums.shares.get(key))
}

function checkCredit(ctx: Context, books: Books, sums: Sums, compare: Compare): void {
  const bills = adding()
  for (const receipt of books.receipts) {
    const bill = receipt.ended || isWaiting(receipt) ? undefined : billOf(ctx, receipt)
    if (bill) bills.plus(`${partitionOf(homeOf(receipt))} b${bill.dueOn}`, bill.by)
  }
  const ordered = adding()
  for (const { home, numbers } of books.commitments) ordered.plus(partitionOf(home), openCommitment(commitmentOf(numbers)))
  const credit = new Map([...books.credit].map(([home, numbers]) => [partitionOf(home), numbers]))
  for (const home of new Set([...credit.keys(), ...sums.receivable.keys(), ...ordered.keys()])) {
    const kept: Numbers = credit.get(home) ?? {}
    const isBill = (name: string) => /^b\d{4}-/.test(name)
    const dates = new Set([
      ...Object.keys(kept).filter(isBill),
      ...[...bills.keys()].filter((key) => key.startsWith(home)).map((key) => key.split(' ')[1]!),
    ])
    for (const date of dates) compare(home, `bills due ${date.slice(1)}`, kept[date], bills.get(`${home} ${date}`))
    const billed = [...dates].reduce((sum, date) => sum + (kept[date] ?? 0), 0)
    compare(home, 'receivable', kept.receivable, sums.receivable.get(home))
    compare(home, 'unallocated', kept.unallocated, sums.unallocated.get(home))
    compare(home, 'ordered', kept.ordered, ordered.get(home))
    compare(home, 'exposure', kept.exposure, (kept.receivable ?? 0) - (kept.unallocated ?? 0) + (kept.ordered ?? 0) + billed)
  }
}

/** What became receivables of each order and direct shipment. */
function checkCommitments(books: Books, compare: Compare): void {
  const opened = adding()
  for (const { source, base, cancelledOn } of books.receivables) if (source && !cancelledOn) opened.plus(source.of, base)
  for (const { of, numbers } of books.commitments) compare(of, 'opened', commitmentOf(numbers).opened, opened.get(of))
}

/**
 * Recomputes what is kept from the ledger and the documents: what is outstanding and open, what customers owe and have to
 * their credit, what is ordered, what was open at the end of each month. Answers every difference; there is none, ever.
 */
export async function checkBooks(ctx: Context): Promise<BookFault[]> {
  const books = await readBooks(ctx)
  const faults: BookFault[] = []
  const compare: Compare = (about, what, kept = 0, computed = 0) => {
    if (kept !== computed) faults.push({ about, what, kept, computed })
  }
  const sums = ledgerSums(books)
  checkReceivables(books, sums, compare)
  checkSources(books, sums, compare)
  checkCredit(ctx, books, sums, compare)
  checkCommitments(books, compare)
  const known = new Set([...books.receivables, ...books.receipts, ...books.sources].map(({ id }) => id))
  for (const { id, balance } of books.open) if (!known.has(id)) compare(id, 'open item of nothing', balance, 0)
  return [...faults, ...(await checkMonthEnds(ctx, books.postings))]
}
