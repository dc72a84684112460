/** The process in which a sheet is written (P14): nothing else runs in it, so that its memory is that of the work. Started by sheets.ts. */
import { writeXlsx } from '../domain/platform/sheet/write-xlsx.ts'

export interface SheetOrder {
  rows: number
  columns: number
}

/** Milliseconds of CPU of the sheet alone, the most memory that the process ever held in MiB, and the bytes of the file. */
export interface SheetSample {
  cpu: number
  peak: number
  bytes: number
}

/** Cells as a list of customers has them: names, numbers, days, remarks; no two rows the same. */
async function* rowsOf({ rows, columns }: SheetOrder) {
  for (let i = 0; i < rows; i++)
    yield Array.from({ length: columns }, (_, n) => {
      if (n % 4 === 1) return (i * 7919 + n) % 1_000_000
      if (n % 4 === 2) return `2026-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`
      return `宁波海天机械有限公司 ${i}-${n}`
    })
}

process.once('message', async (order: SheetOrder) => {
  const before = process.cpuUsage()
  let bytes = 0
  const headings = Array.from({ length: order.columns }, (_, n) => `Column ${n}`)
  for await (const chunk of writeXlsx('Customers', headings, rowsOf(order))) bytes += chunk.length
  const { user, system } = process.cpuUsage(before)
  const sample: SheetSample = { cpu: (user + system) / 1000, peak: process.resourceUsage().maxRSS / 1024, bytes }
  process.send!(sample, () => process.disconnect())
})
