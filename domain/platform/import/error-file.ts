import type { Context } from '../../kernel/context.ts'
import type { Cell } from '../../kernel/transfer-kind.ts'
import { queryPage, queryPages } from '../../store/query.ts'
import type { SheetRow } from '../sheet/source.ts'
import { writeCsv } from '../sheet/write-csv.ts'
import { errorsAt, type FaultItem, faultsOf } from './import.table.ts'
import type { Import } from './import.ts'
import { sheetRows, sourceOf } from './open-sheet.ts'

const words = {
  en: { row: 'Row', code: 'Code', field: 'Field', reason: 'Reason' },
  'zh-CN': { row: '行号', code: '代码', field: '字段', reason: '原因' },
}

/** The faults of a run in the order of the rows, some at a time. */
async function* faults(ctx: Context, { id, run }: Import): AsyncGenerator<FaultItem> {
  for await (const page of queryPages<FaultItem>(ctx, faultsOf(id, run), { consistent: true })) yield* page
}

/** What stands in front of a row: why it failed, or which row of the same record did. */
function reasonOf({ row: first, at = first, code, field, message }: FaultItem, row: number): Cell[] {
  if (row === at) return [row, code, field ?? null, message]
  return [row, 'row.record-failed', null, `Row ${at} of the same record failed.`]
}

/**
 * Each fault with the cells of its row, or of all rows of its record. Faults and rows come in the order of the file, so that none are
 * held but those of records that are begun.
 */
async function* withCells(rows: AsyncIterable<SheetRow>, found: AsyncIterable<FaultItem>): AsyncGenerator<Cell[]> {
  const faults = found[Symbol.asyncIterator]()
  const next = async () => (await faults.next()).value as FaultItem | undefined
  const failed = new Map<number, FaultItem>()
  let fault = await next()
  for await (const { row, cells } of rows) {
    while (fault && fault.row <= row) {
      for (const each of [fault.row, ...(fault.others ?? [])]) failed.set(each, fault)
      fault = await next()
    }
    const own = failed.get(row)
    if (own) yield [...reasonOf(own, row), ...cells]
    failed.delete(row)
    if (!fault && failed.size === 0) return
  }
}

/** Writes rows with what is wrong with them in front, to be downloaded and corrected. The faults come in the order of the rows. */
async function write(ctx: Context, imported: Import, found: AsyncIterable<FaultItem>): Promise<void> {
  const rows = sheetRows(sourceOf(ctx, imported), imported)
  const { value } = await rows.next()
  const { row, code, field, reason } = words[ctx.tenant.locale]
  const headings = [row, code, field, reason, ...((value as SheetRow | undefined)?.cells ?? [])]
  await ctx.files.write(errorsAt(ctx, imported.id), 'text/csv; charset=utf-8', writeCsv(headings, withCells(rows, found)))
}

/**
 * Writes the rows that failed, with their reasons; of a dry run those too that would be taken in spite of a likeness. False when
 * there are none.
 */
export async function writeErrors(ctx: Context, imported: Import, failed: number): Promise<boolean> {
  const { items } = failed > 0 ? { items: [] } : await queryPage(ctx, faultsOf(imported.id, imported.run), { limit: 1, consistent: true })
  const areThere = failed > 0 || items.length > 0
  if (areThere) await write(ctx, imported, faults(ctx, imported))
  return areThere
}

/** Writes the rows that were not taken back, with their reasons. False when there are none. */
export async function writeFaults(ctx: Context, imported: Import, found: FaultItem[]): Promise<boolean> {
  async function* each() {
    yield* found
  }
  if (found.length > 0) await write(ctx, imported, each())
  return found.length > 0
}
