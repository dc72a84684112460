import type { Context } from '../../kernel/context.ts'
import { partitionOf } from '../../kernel/ids.ts'
import type { Customer } from '../../parties/index.ts'
import type { Write } from '../../store/write.ts'
import { shareOfBase } from '../amount.ts'
import { changeCredit } from '../credit/credit-item.ts'
import { dropOpen, putOpen } from '../ledger/open-item.ts'
import { post } from '../ledger/posting.table.ts'
import type { Posting, PostingPart } from '../ledger/posting.ts'
import type { Receivable } from '../receivable/receivable.ts'
import { moveReceivable, type Step } from './move-receivable.ts'
import { homeOf, type Source, unallocatedBaseOf, unallocatedOf, usedOf } from './source.ts'

type Kind = Posting['kind']

/** What happens to a source on a day: its whole amount comes or goes, or some of it is used or given back. */
export interface SourceStep {
  on: string
  kind: Kind
  /** +1 when the source comes into the books, −1 when it leaves them. */
  whole?: 1 | -1
  /** Minor units that are used more; below zero, less. */
  used?: number
  /** The receivable they go to or come from; a refund has none. */
  receivable?: Receivable
}

interface SourceChange {
  customer: Customer
  before: Source | undefined
  after: Source
  issuedOn: string
  steps: SourceStep[]
  /** An acceptance bill that begins to count as exposure, or ends. */
  bill?: { dueOn: string; by: number } | undefined
}

interface Line {
  home: string
  kind: Kind
  days: Map<string, { unallocated: number; unallocatedBase: number }>
  parts: (PostingPart & { on: string })[]
}

type Lines = Map<string, Line>

/**
 * The line of the ledger for a partition, day and kind. Allocations that count from several days are one line: forty of them
 * and what they settle are one transaction.
 */
function lineAt(lines: Lines, home: string, { on, kind }: { on: string; kind: Kind }): Line {
  const key = `${partitionOf(home)} ${kind === 'allocation' ? '' : on} ${kind}`
  const line = lines.get(key) ?? { home, kind, days: new Map(), parts: [] }
  if (!line.days.has(on)) line.days.set(on, { unallocated: 0, unallocatedBase: 0 })
  lines.set(key, line)
  return line
}

/** What each step adds to what is unallocated, in both currencies; in the base so that all of it sums to the whole. */
function unallocatedSteps({ before, after, steps }: SourceChange): { amount: number; base: number }[] {
  const { base, total: whole } = after
  let used = before ? usedOf(before) : 0
  return steps.map((step) => {
    const former = used
    used += step.used ?? 0
    const sign = step.whole ?? 0
    const share = (units: number) => shareOfBase({ base, whole }, units)
    return { amount: sign * whole - (used - former), base: sign * base - (share(used) - share(former)) }
  })
}

function ledgerOf(ctx: Context, change: SourceChange): { lines: Line[]; writes: Write[] } {
  const lines: Lines = new Map()
  const home = homeOf(change.after)
  for (const [i, { amount, base }] of unallocatedSteps(change).entries()) {
    const step = change.steps[i]!
    const day = lineAt(lines, home, step).days.get(step.on)!
    day.unallocated += amount
    day.unallocatedBase += base
  }
  const byReceivable = new Map<string, { receivable: Receivable; steps: (Step & { kind: Kind })[] }>()
  for (const { receivable, used = 0, on, kind } of change.steps) {
    if (!receivable) continue
    const entry = byReceivable.get(receivable.id) ?? { receivable, steps: [] }
    entry.steps.push({ units: used, on, kind })
    byReceivable.set(receivable.id, entry)
  }
  const writes = [...byReceivable.values()].flatMap(({ receivable, steps }) => {
    const moved = moveReceivable(ctx, receivable, steps)
    for (const [i, { on, part }] of moved.parts.entries()) lineAt(lines, receivable.id, steps[i]!).parts.push({ ...part, on })
    return moved.writes
  })
  return { lines: [...lines.values()], writes }
}

/** What is open of the source afterwards; its record, written under its version, says it. */
function openItem(ctx: Context, { before, after, issuedOn }: SourceChange): Write[] {
  const home = homeOf(after)
  const { id, ownerId, amount } = after
  const balance = unallocatedOf(after)
  const was = before ? unallocatedOf(before) : 0
  if (balance === was) return []
  if (balance === 0) return [dropOpen({ home, id })]
  const open = { id, home, balance, base: unallocatedBaseOf(after), currency: amount.currency, issuedOn, ...(ownerId ? { ownerId } : {}) }
  return [putOpen(ctx.tenant.currency, open)]
}

/** A line as it is posted: on its last day; one of several days says of each what it did then. */
function postingOf({ home, kind, days, parts }: Line) {
  const byDay = [...days].map(([on, units]) => ({ on, ...units })).sort((a, b) => (a.on < b.on ? -1 : 1))
  const sum = (of: 'unallocated' | 'unallocatedBase') => byDay.reduce((all, day) => all + day[of], 0)
  const single = byDay.length === 1
  return {
    home,
    kind,
    on: byDay.at(-1)!.on,
    unallocated: sum('unallocated'),
    unallocatedBase: sum('unallocatedBase'),
    parts: single ? parts.map(({ on: _same, ...part }): PostingPart => part) : parts,
    ...(single ? {} : { days: byDay }),
  }
}

type PostedLine = ReturnType<typeof postingOf>

const nothing = ({ unallocated, unallocatedBase, parts }: PostedLine) => unallocated === 0 && unallocatedBase === 0 && parts.length === 0

/** Everything that a change of a source means for the books, as parts of one commit: receivables, open items, credit and ledger. */
export function postSource(ctx: Context, change: SourceChange): Write[] {
  const { customer, after, bill } = change
  const { lines, writes } = ledgerOf(ctx, change)
  const about = { customerId: customer.id, ownerId: customer.ownerId, currency: after.amount.currency, sourceId: after.id }
  const kept = lines.map(postingOf).filter((line) => !nothing(line))
  const postings = kept.map(({ home, parts, ...line }) => post(ctx, home, { ...about, ...line, parts }))
  const credit = kept.map(({ home, parts, unallocatedBase }) =>
    changeCredit(home, { receivable: parts.reduce((sum, part) => sum + part.base, 0), unallocated: unallocatedBase }),
  )
  return [...writes, ...openItem(ctx, change), ...credit, ...(bill ? [changeCredit(homeOf(after), { bill })] : []), ...postings]
}
