import type { Context } from '../../domain/kernel/context.ts'
import { createImport } from '../../domain/platform/import/create-import.ts'
import { errorsAt, sourceAt } from '../../domain/platform/import/import.table.ts'
import type { Import } from '../../domain/platform/import/import.ts'
import { visibleImport } from '../../domain/platform/import/read-imports.ts'
import { runImport } from '../../domain/platform/import/run-import.ts'
import { revertImport, startImport } from '../../domain/platform/import/start-import.ts'
import { readCsv } from '../../domain/platform/sheet/read-csv.ts'
import { sheets } from '../../functions/sheets.ts'
import { type FileWorker, fileWorker } from './file-worker.ts'
import { all, sourceOf } from './sheets.ts'

/** Somebody who imports, with the files that were uploaded. */
export type Importer = FileWorker
export const importer = fileWorker

type Settings = Partial<
  Pick<
    Import,
    | 'mapping'
    | 'defaults'
    | 'matchBy'
    | 'onMatch'
    | 'onDuplicate'
    | 'duplicateReason'
    | 'dryRun'
    | 'encoding'
    | 'sheet'
    | 'headingRow'
    | 'fileName'
  >
>

/** An import whose file is uploaded. */
export async function uploaded(
  { ctx, files }: FileWorker,
  kind: string,
  content: string | Buffer,
  settings: Settings = {},
): Promise<Import> {
  const bytes = Buffer.from(content)
  const imported = await createImport(ctx, sheets, { kind, fileName: 'sheet.csv', size: bytes.length, ...settings })
  files.contents.set(sourceAt(ctx, imported.id), bytes)
  return imported
}

export const run = (job: Context, id: string, stop: () => boolean = () => false) => runImport(job, sheets, id, stop)

/** Imports a file to its end and answers what became of it. */
export async function imported(who: FileWorker, kind: string, content: string | Buffer, settings: Settings = {}): Promise<Import> {
  const { id } = await uploaded(who, kind, content, settings)
  await startImport(who.ctx, sheets, { id })
  await run(who.job, id)
  return visibleImport(who.ctx, id, { consistent: true })
}

/** The rows of the file of failed rows: number, code, field, reason, then the cells of the row. */
export async function errorsOf({ ctx, files }: FileWorker, id: string): Promise<string[][]> {
  const content = files.contents.get(errorsAt(ctx, id))
  if (!content) return []
  return (await all(readCsv(sourceOf(content, 4096), 'utf-8'))).slice(1).map((row) => row.cells)
}

/** A CSV of these rows. */
export const csvOf = (...rows: (string | number)[][]): string =>
  rows.map((cells) => cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')

const syllables = ['ba', 'do', 'fi', 'gu', 'ke', 'lo', 'mi', 'nu', 'pa', 're', 'si', 'tu', 'va', 'wo', 'xe', 'zi']
const word = (seed: number, length: number) => Array.from({ length }, (_, i) => syllables[Math.floor(seed / 16 ** i + i * 5) % 16]).join('')

/** The n-th of many names of firms that no duplicate check takes for one another. */
export const firmName = (n: number): string => {
  const [first, second] = [word(n * 2654435761, 4), word(n * 40503 + 7, 3)]
  return `${first[0]!.toUpperCase()}${first.slice(1)} ${second[0]!.toUpperCase()}${second.slice(1)}`
}

/** Takes an import back to its end and answers what became of it. */
export async function reverted(who: FileWorker, id: string): Promise<Import> {
  await revertImport(who.ctx, sheets, { id })
  await run(who.job, id)
  return visibleImport(who.ctx, id, { consistent: true })
}

/** Codes and fields of the rows that failed, by their numbers in the file. */
export const faultsOf = async (who: FileWorker, id: string): Promise<string[][]> =>
  (await errorsOf(who, id)).map(([row, code, field]) => [row!, code!, field!])
