import type { Context } from '../../kernel/context.ts'
import { minor } from '../../kernel/money.ts'
import { type Customer, partitionsOf } from '../../parties/index.ts'
import { queryAll } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { creditNotes } from '../credit-note/credit-note.table.ts'
import type { CreditNote } from '../credit-note/credit-note.ts'
import { isReceivable } from '../ledger/open-item.ts'
import { postingsIn } from '../ledger/posting.table.ts'
import { behind, type Posting } from '../ledger/posting.ts'
import { openOf } from '../ledger/read-open.ts'
import { receipts } from '../receipt/receipt.table.ts'
import type { Receipt } from '../receipt/receipt.ts'
import { receivables } from '../receivable/receivable.table.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { writeOffs } from '../write-off/write-off.table.ts'

/** What moved a customer's balance, in minor units: `charge` raises it, `payment` lowers it. */
export interface Movement {
  on: string
  kind: 'receivable' | 'return' | 'credit-note' | 'receipt' | 'deduction' | 'refund' | 'write-off' | 'reversal'
  id: string
  number?: string | undefined
  charge?: number
  payment?: number
  /** Of a receivable: where it comes from. */
  shipmentId?: string | undefined
  orderId?: string | undefined
}

export interface Account {
  opening: number
  closing: number
  /** What is overdue at the end of the period. */
  overdue: number
  movements: Movement[]
  /** Every currency in which the customer has something open, or had in these days. */
  currencies: string[]
}

const kindOf: Partial<Record<Posting['kind'], Movement['kind']>> = {
  receipt: 'receipt',
  'credit-note': 'credit-note',
  'write-off': 'write-off',
  refund: 'refund',
  reversal: 'reversal',
  dishonour: 'reversal',
}

/** What a posting does to the balance: owed more, less what the customer has to its credit. */
const effectOf = ({ receivable, unallocated }: Posting): number => receivable - unallocated

type Records = Map<string, { id: string; number?: string }>

/** Receivables by themselves; receipts without their deductions, which stand apart. */
function movementsOf(posting: Posting, records: Records): Movement[] {
  const { on, kind, sourceId, parts } = posting
  if (kind === 'opening' || kind === 'cancellation')
    return parts.map(({ receivableId, amount }) => {
      const record = records.get(receivableId) as Receivable | undefined
      const { number, shipmentId, orderId } = record ?? {}
      const about = { on, id: receivableId, number, shipmentId, orderId }
      // What was settled before the receivable came into the books.
      if (kind === 'opening' && amount < 0) return { ...about, kind: 'receipt', payment: -amount }
      return { ...about, kind: kind === 'opening' ? 'receivable' : 'reversal', charge: amount }
    })
  const shown = kindOf[kind]
  const effect = effectOf(posting)
  if (!shown || effect === 0 || !sourceId) return []
  const source = records.get(sourceId)
  const about = { on, id: sourceId, number: source?.number }
  // Goods that came back are credited by a note that names their shipment.
  const isReturn = kind === 'credit-note' && (source as CreditNote | undefined)?.shipmentId !== undefined
  const deducted =
    kind === 'receipt' ? ((source as Receipt | undefined)?.deductions ?? []).reduce((sum, { amount }) => sum + minor(amount), 0) : 0
  return [
    { ...about, kind: isReturn ? 'return' : shown, payment: -effect - deducted },
    ...(deducted > 0 ? [{ ...about, kind: 'deduction' as const, payment: deducted }] : []),
  ]
}

async function recordsOf(ctx: Context, postings: readonly Posting[]): Promise<Records> {
  const entities = { rcv: receivables, rct: receipts, crn: creditNotes, wof: writeOffs } as const
  const ids = new Set(
    postings.flatMap(({ sourceId, parts }) => [...(sourceId ? [sourceId] : []), ...parts.map(({ receivableId }) => receivableId)]),
  )
  const wanted = [...ids].flatMap((id) => {
    const entity = entities[id.slice(0, 3) as keyof typeof entities]
    return entity ? [{ entity, id }] : []
  })
  return await findMany(ctx, wanted)
}

/** By business day, and within a day as they were entered: an id tells the day alone. */
const inOrder = (a: Posting, b: Posting) => (placeOf(a) < placeOf(b) ? -1 : 1)
const placeOf = ({ on, createdAt, id }: Posting) => `${on} ${createdAt} ${id}`

/**
 * A customer's account in one currency between two days: what is open now with the later postings taken back, and what moved it.
 * Two Queries for each of its partitions; postings from the first day on are read, nothing of before.
 */
export async function accountOf(
  ctx: Context,
  customer: Customer,
  { from, to, currency }: { from: string; to: string; currency: string },
): Promise<Account> {
  const [open, pages] = await Promise.all([
    openOf(ctx, customer),
    Promise.all(partitionsOf(customer).map((home) => queryAll<Posting>(ctx, postingsIn(home, from), { consistent: true }))),
  ])
  const since = pages
    .flat()
    .filter(({ on }) => on >= from)
    .sort(inOrder)
  const currencies = [...new Set([...open.map((item) => item.currency), ...since.map((posting) => posting.currency)])].sort()
  const own = since.filter((posting) => posting.currency === currency)
  const within = own.filter(({ on }) => on <= to)
  const sum = (some: Posting[]) => some.reduce((total, posting) => total + effectOf(posting), 0)
  const now = open
    .filter((item) => item.currency === currency)
    .reduce((total, item) => total + (isReceivable(item) ? item.balance : -item.balance), 0)
  const closing = now - sum(own.filter(({ on }) => on > to))
  const records = await recordsOf(ctx, within)
  return {
    opening: closing - sum(within),
    closing,
    overdue: overdueAt(
      open.filter((item) => item.currency === currency && isReceivable(item)),
      own,
      to,
    ),
    movements: within.flatMap((posting) => movementsOf(posting, records)),
    currencies,
  }
}

/** Of the receivables what was open and over its due day at the end of a day. */
function overdueAt(open: { id: string; balance: number; dueOn?: string }[], since: Posting[], day: string): number {
  const balances = new Map(open.map(({ id, balance, dueOn = '' }) => [id, { balance, dueOn }]))
  for (const posting of since)
    for (const { receivableId, amount, dueOn } of behind(posting, day).parts) {
      const item = balances.get(receivableId) ?? { balance: 0, dueOn }
      balances.set(receivableId, { ...item, balance: item.balance - amount })
    }
  return [...balances.values()].reduce((sum, { balance, dueOn }) => sum + (dueOn < day ? balance : 0), 0)
}
