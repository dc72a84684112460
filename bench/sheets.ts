import { type Findings, round } from './figures.ts'
import { measuredIn } from './measured-process.ts'
import type { Progress } from './progress.ts'
import type { SheetOrder, SheetSample } from './sheet-cpu.ts'

const order: SheetOrder = { rows: 10_000, columns: 20 }

/** P14: CPU and memory of a sheet of 10,000 rows as XLSX, in a fresh process. */
export async function sheetFindings(progress: Progress): Promise<Findings> {
  progress(`sheets: ${order.rows} rows as XLSX`)
  const { cpu, peak, bytes } = await measuredIn<SheetSample>('sheet-cpu.ts', order)
  return {
    figures: [
      {
        id: 'P14',
        what: `XLSX of ${order.rows.toLocaleString('en')} rows of ${order.columns} columns: CPU s; peak RSS MiB of the whole process`,
        value: `${round(cpu / 1000)}; ${round(peak, 0)} (${round(bytes / 1024 / 1024, 1)} MiB)`,
        target: '2; 200',
        reach: '1',
        met: cpu <= 2000 && peak <= 200,
      },
    ],
    counts: {},
    details: [],
  }
}
