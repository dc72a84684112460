import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { commit } from '../../store/commit.ts'
import { addChange, changesOf, type OpenBalances, type OpenChange } from '../ledger/open-change.ts'
import { monthsBetween, nextMonth, postedLate, postingsBetween } from '../ledger/read-postings.ts'
import { deleteMonth, monthEndsWrite, readMonth, readMonthEnds, readStrays, writeMonth } from './month-end.table.ts'
import { isNothing, lastUpTo, type MonthEnds, monthBefore, monthOf } from './month-end.ts'

/** A run of a function counts so many months and goes on in the next. */
const monthsAtOnce = 24

type Building = NonNullable<MonthEnds['building']>

/** Changes that no month was told of: of earlier months than they were entered in, and of those that their posting does not stand under. */
interface Late {
  months: Set<string>
  strays: OpenChange[]
}

async function lateSince(ctx: Context, behind: string, upTo: string): Promise<Late> {
  const late: Late = { months: new Set(), strays: [] }
  for await (const page of postedLate(ctx, behind, upTo))
    for (const posting of page)
      for (const change of changesOf(posting)) {
        late.months.add(monthOf(change.on))
        if (monthOf(change.on) < monthOf(posting.on)) late.strays.push(change)
      }
  return late
}

/** Which months must be counted up to a moment: those that ended since, and all from the first one that was written in late. */
function plan(kept: MonthEnds, late: Late, upTo: string): Building {
  // Of a month that has ended in UTC all that is entered later is late, whatever the zone.
  const through = monthBefore(upTo)
  const ahead = kept.ahead.map(({ on }) => monthOf(on))
  const changed = [...late.months, ...ahead, ...monthsBetween(nextMonth(kept.through), through)].filter((month) => month <= through)
  const first = [...changed].sort()[0]
  const known = Object.keys(kept.months).filter((month) => first !== undefined && month >= first)
  return { cut: upTo, through, todo: [...new Set([...changed, ...known])].sort(), done: {} }
}

/** What was open before a month: at the end of the last one in which something moved. */
async function openBefore(ctx: Context, month: string, { months }: MonthEnds, { done }: Building): Promise<OpenBalances> {
  const ends = { ...months, ...done }
  const before = lastUpTo(ends, monthBefore(month))
  if (!before) return new Map()
  const counted = await readMonth(ctx, before, ends[before]!)
  if (!counted) throw new Error(`month-ends: the end of ${before} is not where it was written`)
  return counted.open
}

async function* changesIn(ctx: Context, month: string, cut: string): AsyncGenerator<OpenChange> {
  for await (const page of postingsBetween(ctx, `${month}-01`, `${month}-31`))
    for (const posting of page)
      if (posting.createdAt <= cut) for (const change of changesOf(posting)) if (monthOf(change.on) === month) yield change
}

/** Counts some of the months that are to be done, one after the other. */
async function countMonths(ctx: Context, kept: MonthEnds, building: Building, late: Late): Promise<Building> {
  const months = building.todo.slice(0, monthsAtOnce)
  const done = { ...building.done }
  const { cut } = building
  const open = await openBefore(ctx, months[0]!, kept, building)
  for (const month of months) {
    const former = kept.months[month]
    const strays = former ? await readStrays(ctx, month, former) : []
    strays.push(...[...kept.ahead, ...late.strays].filter(({ on }) => monthOf(on) === month))
    let moved = strays.length
    for (const change of strays) addChange(open, change)
    for await (const change of changesIn(ctx, month, cut)) {
      addChange(open, change)
      moved += 1
    }
    for (const [id, balance] of open) if (isNothing(balance)) open.delete(id)
    if (moved > 0) done[month] = await writeMonth(ctx, month, cut, { open, strays })
  }
  return { ...building, todo: building.todo.slice(months.length), done }
}

/** What is known once all months of a counting are done. */
function counted({ building: _over, ...kept }: MonthEnds, { cut, through, done }: Building, late: Late): MonthEnds {
  const stale = Object.keys(done).flatMap((month) => (kept.months[month] ? [[month, kept.months[month]] as [string, never]] : []))
  const ahead = [...kept.ahead, ...late.strays].filter(({ on }) => monthOf(on) > through)
  return { ...kept, cut, through, months: { ...kept.months, ...done }, ahead, stale }
}

const save = (ctx: Context, ends: MonthEnds): Promise<void> => commit(ctx, [monthEndsWrite(ends)], [])

/**
 * Brings what was open at the end of each month up to what was entered by a moment; answers whether there is more to do. It counts
 * by the ledger alone, and exactly what was entered up to that moment: done twice, by several at once, or broken off anywhere and
 * begun again, it ends in the same. The moment must lie so far back that nothing is on its way any more that says it was entered
 * before. Fails as stale when somebody else got further meanwhile.
 */
export async function keepMonthEnds(ctx: Context, upTo: string): Promise<boolean> {
  const kept = (await readMonthEnds(ctx, { consistent: true })) ?? (await nothingCounted(ctx))
  if (upTo <= kept.cut) return false
  const cut = kept.building?.cut ?? upTo
  const late = await lateSince(ctx, kept.cut, cut)
  if (!kept.building) {
    for (const [month, end] of kept.stale) await deleteMonth(ctx, month, end)
    const building = plan(kept, late, upTo)
    await save(ctx, building.todo.length > 0 ? { ...kept, stale: [], building } : counted(kept, building, late))
    return building.todo.length > 0
  }
  const building = await countMonths(ctx, kept, kept.building, late)
  await save(ctx, building.todo.length > 0 ? { ...kept, building } : counted(kept, building, late))
  return building.todo.length > 0 || cut < upTo
}

/** Before the first counting: nothing can have been entered before there was a tenant. */
async function nothingCounted(ctx: Context): Promise<MonthEnds> {
  const { createdAt } = await readTenant(ctx)
  return { version: 0, cut: createdAt, through: monthBefore(createdAt), months: {}, ahead: [], stale: [] }
}
