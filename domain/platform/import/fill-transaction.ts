import { Problem, StaleWrite } from '../../kernel/errors.ts'
import type { Stage } from '../../store/stage.ts'
import type { RowUnit } from '../sheet/source.ts'
import type { FaultItem, RowResult } from './import.table.ts'
import { type Done, importRow } from './import-row.ts'
import type { Pass } from './pass.ts'
import { faultOf } from './row-fault.ts'
import { guardsOf, heldAgainstEarlier } from './trial.ts'

/** No more room in this transaction. */
class Full extends Error {}

export interface Attempted {
  done: Done
  /** The rows behind the first, where several are one record: the same became of them. */
  others: RowResult[]
  fault?: FaultItem
}

const attempted = ([, ...rest]: RowUnit, done: Done, fault?: FaultItem): Attempted => ({
  done,
  others: rest.map(({ row }) => ({ row, outcome: done.result.outcome })),
  ...(fault ? { fault } : {}),
})

const waitsForAnother = (pass: Pass, problem: Problem) =>
  !pass.isLast &&
  problem.code === 'row.link-unknown' &&
  (pass.plan.kind.selfLinks ?? []).some((name) => problem.more.errors?.[0]?.pointer === `/${name}`)

/** One row in the stage; what fails leaves nothing there but its reason. */
async function attempt(pass: Pass, stage: Stage, unit: RowUnit, room: number): Promise<Attempted> {
  try {
    const done = await stage.attempt(async (staged) => {
      const before = new Set(pass.trial ? guardsOf(stage).map(({ sk }) => sk) : [])
      const tried = await importRow(staged, pass.plan, unit)
      if (!stage.fits(room)) throw new Full()
      if (!pass.trial) return tried
      const taken = guardsOf(stage).filter(({ sk }) => !before.has(sk))
      await stage.judge(taken)
      return heldAgainstEarlier(staged, pass.trial, pass.plan, unit[0], tried, taken)
    })
    // A run takes it and keeps the reason with it; who only tries it out is to see it.
    const told = pass.trial ? done.inSpiteOf : undefined
    return attempted(unit, done, told && faultOf(pass.plan.kind.fields, [unit[0].row], told))
  } catch (error) {
    if (!(error instanceof Problem) || error instanceof StaleWrite) throw error
    if (waitsForAnother(pass, error)) return attempted(unit, { result: { row: unit[0].row, outcome: 'later' } })
    return failed(pass, unit, error)
  }
}

/** A row that is refused: nothing is done but to keep the reason. */
export function failed({ plan }: Pass, unit: RowUnit, problem: Problem): Attempted {
  const rows = unit.map(({ row }) => row)
  return attempted(unit, { result: { row: unit[0].row, outcome: 'failed' } }, faultOf(plan.kind.fields, rows, problem))
}

const tooLarge = new Problem(
  'invalid',
  'row.too-large',
  'The row touches more than one transaction can hold. Leave out columns, and add the rest by hand.',
)

/** As many rows as one transaction holds, staged. */
export async function fill(pass: Pass, stage: Stage, units: readonly RowUnit[]): Promise<Attempted[]> {
  const group: Attempted[] = []
  let [taken, largest] = [0, 0]
  for (const unit of units) {
    // One entry for the group itself, and one for the reason or the former state of each row.
    const room = 1 + group.length + 1
    // Rows of a file are much alike: where the largest so far would find no room another one is not tried in vain.
    if (group.length > 0 && !stage.fits(room + largest)) break
    try {
      group.push(await attempt(pass, stage, unit, room))
      const now = stage.actions().length
      ;[largest, taken] = [Math.max(largest, now - taken), now]
    } catch (error) {
      if (!(error instanceof Full)) throw error
      if (group.length === 0) group.push(failed(pass, unit, tooLarge))
      break
    }
  }
  return group
}
