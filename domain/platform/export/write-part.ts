import type { Context } from '../../kernel/context.ts'
import { localDateTime } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import type { KindRecord } from '../../kernel/record-kind.ts'
import type { Cell, Row, TransferField, TransferKind } from '../../kernel/transfer-kind.ts'
import { commit } from '../../store/commit.ts'
import { searchOf } from './create-export.ts'
import { exportJobs, partAt } from './export.table.ts'
import { type Export, mostExported } from './export.ts'
import { writers } from './formats.ts'

/** Records that are read, shown and written together. */
const together = 1000

/** What one run of the job works with; the ids are read once. */
export interface Work {
  ctx: Context
  kind: TransferKind
  columns: TransferField[]
  ids?: string[]
}

const tooMany = () =>
  new Problem(
    'invalid',
    'export.too-many-rows',
    `A file takes ${mostExported} rows, and this would be more. Narrow the search, or export in several parts.`,
  )

/**
 * Finds what is to be exported, once: what is created meanwhile is not in it. The ids stand under a name of their own: another worker,
 * that found others a moment later, does not put its own in their place.
 */
export async function findIds({ ctx, kind }: Work, exported: Export): Promise<void> {
  const ids = await kind.search!.ids(ctx, searchOf(exported))
  if (ids.length > mostExported) throw tooMany()
  async function* lines() {
    yield Buffer.from(ids.join('\n'))
  }
  const name = ctx.newId('prt')
  await ctx.files.write(partAt(ctx, exported.id, name), 'text/plain', lines())
  await commit(ctx, [exportJobs.replace(ctx, exported, { ...exported, total: ids.length, ids: name })], [])
}

async function idsOf(work: Work, { id, total, ids }: Export): Promise<string[]> {
  if (work.ids || total === 0) return work.ids ?? []
  const pieces: Uint8Array[] = []
  for await (const piece of work.ctx.files.read(partAt(work.ctx, id, ids!))) pieces.push(piece)
  work.ids = Buffer.concat(pieces).toString().split('\n')
  return work.ids
}

type Progress = Pick<Export, 'place' | 'cursor' | 'isRead'>

/** The next records, and how far they bring the export. */
async function nextRecords(work: Work, exported: Export): Promise<{ records: KindRecord[]; progress: Progress }> {
  const { ctx, kind } = work
  if (!exported.isWhole) {
    const ids = await idsOf(work, exported)
    const place = Math.min(exported.place + together, ids.length)
    const records = await kind.search!.read(ctx, ids.slice(exported.place, place))
    return { records, progress: { place, isRead: place >= ids.length } }
  }
  const { cursor } = exported
  const input = { limit: together, sort: kind.list.spec.sorts[0], filter: {}, ...(cursor ? { cursor } : {}) }
  const { data, page } = await kind.list.read(ctx, input as never)
  const place = exported.place + data.length
  return { records: data, progress: { place, isRead: page.next === null, ...(page.next ? { cursor: page.next } : {}) } }
}

/** The cells of a row; moments as the firm's clocks show them. */
function cellsOf(ctx: Context, columns: readonly TransferField[], row: Row): Cell[] {
  return columns.map(({ name, moment }) => {
    const cell = row[name] ?? null
    return moment && typeof cell === 'string' ? localDateTime(cell, ctx.tenant.timeZone) : cell
  })
}

/**
 * Writes the next rows as a part of their own, shown as the caller sees them, and notes it. The part has a name of its own: when
 * another worker was faster, this one's is forgotten, and its commit stale.
 */
export async function writePart(work: Work, exported: Export): Promise<void> {
  const { ctx, kind, columns } = work
  const { records, progress } = await nextRecords(work, exported)
  const shown = records.map((record) => kind.present(ctx, record))
  const rows = shown.length > 0 ? await kind.flatten(ctx, shown) : []
  if (exported.rows + rows.length > mostExported) throw tooMany()
  const { row } = writers[exported.format]
  const text = rows.map((each, i) => row(cellsOf(ctx, columns, each), exported.rows + i + 1)).join('')
  const part = ctx.newId('prt')
  async function* bytes() {
    yield Buffer.from(text)
  }
  if (rows.length > 0) await ctx.files.write(partAt(ctx, exported.id, part), 'text/plain', bytes())
  const { cursor: _cursor, ...before } = exported
  const parts = rows.length > 0 ? [...exported.parts, part] : exported.parts
  await commit(ctx, [exportJobs.replace(ctx, exported, { ...before, ...progress, parts, rows: exported.rows + rows.length })], [])
}
