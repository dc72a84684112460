import type { Context } from '../../kernel/context.ts'
import type { Cell } from '../../kernel/transfer-kind.ts'
import { queryPage } from '../../store/query.ts'
import type { SheetRow } from '../sheet/source.ts'
import { writeCsv } from '../sheet/write-csv.ts'
import { errorsAt, type FaultItem, faultsOf } from './import.table.ts'
import type { Import } from './import.ts'
import { sheetRows, sourceOf } from './open-sheet.ts'

const words = {
  en: { row: 'Row', code: 'Code', field: 'Field', reason: 'Reason' },
  'zh-CN': { row: '行号', code: '代码', field: '字段', reason: '原因' },
}

const step = 500

/** The faults of a run in the order of the rows, some at a time. */
async function* faults(ctx: Context, { id, run }: Import): AsyncGenerator<FaultItem> {
  let after: string | undefined
  for (;;) {
    const { items, more } = await queryPage(ctx, faultsOf(id, run), { limit: step, after, consistent: true })
    yield* items as unknown as FaultItem[]
    if (!more || items.length === 0) return
    after = items.at(-1)!.sk as string
  }
}

/** Each fault with the cells of its row. Both come in the order of the rows, so that neither is held. */
async function* withCells(rows: AsyncIterable<SheetRow>, found: AsyncIterable<FaultItem>): AsyncGenerator<Cell[]> {
  const reading = rows[Symbol.asyncIterator]()
  let current: SheetRow | undefined
  for await (const fault of found) {
    while (!current || current.row < fault.row) {
      const { value, done } = await reading.next()
      if (done) break
      current = value
    }
    const cells = current?.row === fault.row ? current.cells : []
    yield [fault.row, fault.code, fault.field ?? null, fault.message, ...cells]
  }
  await reading.return?.()
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
