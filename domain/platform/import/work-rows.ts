import type { Context } from '../../kernel/context.ts'
import { Problem, StaleWrite } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { pause } from '../../store/pause.ts'
import { queryAll } from '../../store/query.ts'
import { openReadAhead } from '../../store/read-ahead.ts'
import { openStage, type Stage } from '../../store/stage.ts'
import type { RowUnit } from '../sheet/source.ts'
import { type Attempted, failed, fill } from './fill-transaction.ts'
import { beforeWrite, faultWrite, type GroupItem, groupsOf, groupWrite, type RowResult } from './import.table.ts'
import { foreseeRows } from './import-row.ts'
import type { Pass } from './pass.ts'
import { sizeOf, unitsBehind } from './row-units.ts'

/** A place among the rows of a lane. */
interface Place {
  lane: number
  from: number
}

/** Rows of a lane that stand together in it. */
interface Stretch {
  lane: number
  /** Place of the first one. */
  from: number
  units: RowUnit[]
  /** Place behind the last row of the lane that is known to be done, which may lie anywhere. */
  done: number
}

/** Versions as they are at the end of the transaction: a later row of it may have touched the record of an earlier one. */
function withVersions(stage: Stage, results: RowResult[]): RowResult[] {
  const versions = new Map(stage.actions().map(({ put }) => [put?.Item.id as string, put?.Item.version as number]))
  return results.map((result) => (result.id && result.version ? { ...result, version: versions.get(result.id) ?? result.version } : result))
}

const resultsOf = (group: readonly Attempted[]): RowResult[] => group.flatMap(({ done, others }) => [done.result, ...others])

async function write(pass: Pass, stage: Stage, { lane, from }: Place, group: Attempted[]): Promise<void> {
  const { imported, number } = pass
  const { id, run, dryRun } = imported
  const rows = withVersions(stage, resultsOf(group))
  const item: GroupItem = { run, pass: number, lane, from, rows }
  const faults = group.flatMap(({ fault }) => (fault ? [faultWrite(id, run, fault)] : []))
  if (dryRun) {
    await commit(pass.ctx, [groupWrite(id, item), ...faults], [])
    return
  }
  const befores = group.flatMap(({ done }) => (done.before ? [beforeWrite(id, run, done.before)] : []))
  await commit(stage.ctx, [groupWrite(id, item), ...faults, ...befores], [])
  await stage.commit(undefined)
}

/** How many rows of a lane are done, whoever did them. Stale when the lane was closed there. */
async function doneIn({ ctx, imported, number }: Pass, { lane, from }: Place): Promise<number> {
  const range = groupsOf(imported.id, imported.run, number, lane, from)
  const groups = await queryAll<GroupItem>(ctx, range, { consistent: true })
  if (groups.some(({ sealed }) => sealed)) throw new StaleWrite()
  return groups.reduce((end, group) => Math.max(end, group.from + group.rows.length), from)
}

/** What came of one transaction: results, or why it could not be written. */
type Tried = { results: RowResult[]; size: number } | { problem: Problem; size: number }

async function tryGroup(pass: Pass, ctx: Context, place: Place, units: readonly RowUnit[], refused: Problem | undefined): Promise<Tried> {
  const stage = openStage(ctx)
  let size = 0
  try {
    const group = refused ? [failed(pass, units[0]!, refused)] : await fill(pass, stage, units)
    size = group.length
    await write(pass, stage, place, group)
    return { results: resultsOf(group), size }
  } catch (problem) {
    if (problem instanceof Problem) return { problem, size }
    throw problem
  }
}

const mostTries = 20
/** So many customers go into one transaction, a few more or less. */
const usual = 5

/**
 * Does those rows of a stretch that are not done, several to a transaction, each transaction with the record of its rows: a row, or the
 * rows of one record, is done with it or not at all, and never twice. When one row keeps a transaction from being written, the rows are done one by
 * one, and of that one only the reason is. Stops between transactions when asked to; `report` is told the results of each.
 * Answers the place behind the last row that is known to be done.
 */
export async function workRows(
  pass: Pass,
  { lane, from, units, done }: Stretch,
  stop: () => boolean,
  report: (results: RowResult[]) => Promise<void>,
): Promise<number> {
  let [at, tries, singles, likely] = [Math.max(from, done), 0, 0, usual]
  let refused: Problem | undefined
  let ahead = openReadAhead(pass.ctx, pass.lasting)
  while (at < from + sizeOf(units) && !stop()) {
    const rest = unitsBehind(units, at - from)
    const next = singles > 0 ? rest.slice(0, 1) : rest
    await foreseeRows(ahead.foreseeing, pass.plan, next.slice(0, likely))
    const tried = await tryGroup(pass, ahead.ctx, { lane, from: at }, next, refused)
    if ('results' in tried) {
      at += tried.results.length
      likely = Math.max(tried.size, 1)
      ;[tries, singles, refused] = [0, Math.max(0, singles - tried.size), undefined]
      await report(tried.results)
    } else if (tried.problem instanceof StaleWrite && tries < mostTries) {
      ahead = openReadAhead(pass.ctx, pass.lasting)
      await pause(Math.min(++tries, 5))
      const behind = await doneIn(pass, { lane, from: at })
      if (behind > at) [at, refused] = [behind, undefined]
    } else if (tried.size > 1) singles = tried.size
    else refused = tried.problem
  }
  return at
}
