import type { Context } from '../../domain/kernel/context.ts'
import { createExport } from '../../domain/platform/export/create-export.ts'
import { exportJobs, resultAt } from '../../domain/platform/export/export.table.ts'
import type { Export } from '../../domain/platform/export/export.ts'
import { runExport } from '../../domain/platform/export/run-export.ts'
import { readCsv } from '../../domain/platform/sheet/read-csv.ts'
import { readXlsx } from '../../domain/platform/sheet/read-xlsx.ts'
import { get } from '../../domain/store/read.ts'
import { sheets } from '../../functions/sheets.ts'
import { type FileWorker, fileWorker } from './file-worker.ts'
import { all, sourceOf } from './sheets.ts'

/** Somebody who exports, with the files that came of it. */
export type Exporter = FileWorker
export const exporter = fileWorker

type Asked = Omit<Parameters<typeof createExport>[2], 'format'> & { format?: 'csv' | 'xlsx' }

export const ask = ({ ctx }: FileWorker, asked: Asked): Promise<Export> => createExport(ctx, sheets, { format: 'csv', ...asked })

export const runJob = (job: Context, id: string, stop: () => boolean = () => false) => runExport(job, sheets, id, stop)

export const exportOf = ({ ctx }: FileWorker, id: string): Promise<Export> => get(ctx, exportJobs, id, { consistent: true })

/** The bytes of the file of an export. */
export const fileOf = ({ ctx, files }: FileWorker, id: string): Buffer => files.contents.get(resultAt(ctx, id))!

/** The rows of a file, the headings first. */
export const rowsOf = async (file: Buffer, format: 'csv' | 'xlsx' = 'csv'): Promise<string[][]> =>
  (await all(format === 'csv' ? readCsv(sourceOf(file, 4096), 'utf-8') : readXlsx(sourceOf(file, 4096), undefined))).map(
    ({ cells }) => cells,
  )

/** Exports to the end and answers the rows of the file, the headings first. */
export async function exported(who: FileWorker, asked: Asked): Promise<string[][]> {
  const { id } = await ask(who, asked)
  await runJob(who.job, id)
  return rowsOf(fileOf(who, id), asked.format)
}
