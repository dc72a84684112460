import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import { minor, money } from '../../kernel/money.ts'
import { indexKeysOf } from '../../store/entity.ts'
import { exactly, type TallyLimit, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { shareOfBase } from '../amount.ts'
import { addToOpen, dropOpen, putOpen } from '../ledger/open-item.ts'
import type { PostingPart } from '../ledger/posting.ts'
import { partOf } from '../receivable/open-receivable.ts'
import { receivables } from '../receivable/receivable.table.ts'
import type { Receivable } from '../receivable/receivable.ts'

/** Minor units that settle more of a receivable on a day, or (below zero) less. */
export interface Step {
  units: number
  on: string
}

/** 409 `allocation.above-outstanding`: nothing ever settles more than is owed. */
export const aboveOutstanding = ({ amount, settled, number }: Receivable, pointer: string): Problem => {
  const left = money(minor(amount) - settled, amount.currency)
  const [code, detail] = [
    'allocation.above-outstanding',
    `Of receivable ${number} ${left.amount} ${left.currency} is outstanding: allocate that much at most.`,
  ]
  return new Problem('conflict', code, detail, { errors: [{ pointer, code, message: detail }], extra: { outstanding: left } })
}

/**
 * What must hold of a receivable for the change: as long as it stays open on both sides the additions of many go side by side;
 * what closes or opens it again moves it between lists, and the base of a foreign one follows from what was settled before:
 * these want it as it was read.
 */
function limitsOf(receivable: Receivable, after: number, isForeign: boolean): TallyLimit[] {
  const whole = minor(receivable.amount)
  const by = after - receivable.settled
  if (isForeign || after === whole || receivable.settled === whole) return [exactly('settled', after)]
  const broken = () => new StaleWrite()
  return by > 0 ? [{ of: 'settled', most: whole - 1, broken }] : [{ of: 'settled', most: whole - 1 + by, least: 0, broken }]
}

/**
 * What is settled more must fit on every day since it counts: of one that was never taken back what holds now holds since ever; of
 * another the day was found by what was read. What moves between the lists of an owner must still be that owner's.
 */
function asWasRead({ reopened, version }: Receivable, by: number, moves: boolean): TallyLimit[] {
  if (moves || (reopened && by > 0)) return [exactly('version', version + 1)]
  return by > 0 ? [{ of: 'reopened', most: 0, broken: () => new StaleWrite() }] : []
}

/**
 * Settles a receivable more or less, in steps of one commit: the receivable and what is open of it. Fails as stale when others
 * settled it meanwhile so that this does not fit any more; whoever runs again reads what is outstanding by then.
 */
export function moveReceivable(
  ctx: Context,
  receivable: Receivable,
  steps: Step[],
): { writes: Write[]; parts: { on: string; part: PostingPart }[] } {
  const { id, base, issuedOn, dueOn, ownerId, amount } = receivable
  const { currency } = amount
  const whole = minor(amount)
  const own = ctx.tenant.currency
  const settledBase = (settled: number) => shareOfBase({ base, whole }, settled)
  let settled = receivable.settled
  const parts = steps.map(({ units, on }) => {
    const before = settled
    settled += units
    return { on, part: partOf(receivable, -units, settledBase(before) - settledBase(settled)) }
  })
  const by = settled - receivable.settled
  if (by === 0) return { writes: [], parts }
  const moves = settled === whole || receivable.settled === whole
  const limits = [...limitsOf(receivable, settled, currency !== own), ...asWasRead(receivable, by, moves)]
  const keys = moves ? indexKeysOf(ctx, receivables, { ...receivable, settled }) : {}
  const add = { settled: by, version: 1, reopened: by < 0 ? 1 : 0 }
  const tally = tallyWrite({ key: receivables.key(id), add, limits, set: { updatedAt: ctx.now(), ...keys } })
  const open = { id, home: id, currency, issuedOn, dueOn, ...(ownerId ? { ownerId } : {}) }
  const left = { balance: whole - settled, base: base - settledBase(settled) }
  const item =
    settled === whole
      ? dropOpen(open)
      : receivable.settled === whole
        ? putOpen(own, { ...open, ...left })
        : addToOpen(own, open, { amount: -by, base: settledBase(receivable.settled) - settledBase(settled) })
  return { writes: [tally, item], parts }
}
