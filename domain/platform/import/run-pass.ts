import type { RowUnit, SheetRow } from '../sheet/source.ts'
import type { RowResult } from './import.table.ts'
import { type RowsInFlight, rowsInFlight } from './in-flight.ts'
import { lanesOf } from './lanes.ts'
import { sheetRows, sourceOf } from './open-sheet.ts'
import type { Pass } from './pass.ts'
import { type Progress, tally } from './progress.ts'
import { type RowQueue, rowQueue } from './row-queue.ts'
import { sizeOf, unitsOf } from './row-units.ts'
import { noteRow } from './trial.ts'
import { workRows } from './work-rows.ts'

/** Rows that are looked at together; how many of them go into one transaction, their size decides. */
const together = 20
const shownEveryMs = 1000

/** The rows of a pass: all with data, or those that were put off. */
async function* rowsOf({ imported, ctx, trial, plan }: Pass, wanted: ReadonlySet<number> | undefined): AsyncGenerator<SheetRow> {
  let isHeading = true
  for await (const row of sheetRows(sourceOf(ctx, imported), imported)) {
    if (!isHeading && trial) await noteRow(ctx, trial, plan, row)
    if (!isHeading && (!wanted || wanted.has(row.row))) yield row
    isHeading = false
  }
}

/** Brings every row that is not done to its lane. */
async function distribute(pass: Pass, progress: Progress, queues: RowQueue[], halted: () => boolean): Promise<void> {
  const { laneOf } = lanesOf(pass.plan)
  const skipped = queues.map(() => 0)
  try {
    for await (const unit of unitsOf(pass.plan, () => rowsOf(pass, progress.rows))) {
      if (halted()) return
      const lane = laneOf(unit[0])
      if (skipped[lane]! < (progress.done[lane] ?? 0)) skipped[lane]! += unit.length
      else await queues[lane]!.push(unit)
    }
  } finally {
    for (const queue of queues) queue.close()
  }
}

async function workLane(
  pass: Pass,
  lane: number,
  doneBefore: number,
  queue: RowQueue,
  flight: RowsInFlight,
  halted: () => boolean,
  report: (results: RowResult[]) => Promise<void>,
): Promise<void> {
  let [from, done] = [doneBefore, doneBefore]
  try {
    const next = (): Promise<RowUnit[]> => queue.take(together)
    for (let units = await next(); units.length > 0 && !halted(); units = await next()) {
      const end = await flight.begin(units)
      done = await workRows(pass, { lane, from, units, done }, halted, report).finally(end)
      from += sizeOf(units)
    }
  } finally {
    // Nobody waits for a lane that has stopped.
    queue.close()
  }
}

/**
 * Works on a pass until its rows are done, `stop` says that the time is up, or `show` that it was cancelled. The file is read
 * as far as rows are needed: a few dozen are in memory, however long it is.
 */
export async function runPass(
  pass: Pass,
  progress: Progress,
  stop: () => boolean,
  show: () => Promise<boolean>,
): Promise<'whole' | 'stopped' | 'cancelled'> {
  const queues = Array.from({ length: lanesOf(pass.plan).count }, rowQueue)
  const flight = rowsInFlight(pass)
  let shownAt = Date.now()
  let cancelled = false
  let failed = false
  const halted = () => cancelled || failed || stop()
  const report = async (results: RowResult[]) => {
    tally(progress.counts, results)
    if (Date.now() - shownAt < shownEveryMs) return
    shownAt = Date.now()
    if (!(await show())) cancelled = true
  }
  // Whatever stops one of them, the others end too before anybody hears of it.
  const watched = <T>(work: Promise<T>) =>
    work.catch((error) => {
      failed = true
      for (const queue of queues) queue.close()
      throw error
    })
  const lanes = queues.map((queue, lane) => watched(workLane(pass, lane, progress.done[lane] ?? 0, queue, flight, halted, report)))
  const settled = await Promise.allSettled([watched(distribute(pass, progress, queues, halted)), ...lanes])
  const fault = settled.find((outcome) => outcome.status === 'rejected')
  if (fault) throw fault.reason
  return cancelled ? 'cancelled' : stop() ? 'stopped' : 'whole'
}
