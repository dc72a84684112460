import { ExportFinished, ExportUnusual } from '../../../events/platform.ts'
import { readTenant } from '../../identity/index.ts'
import { today } from '../../kernel/dates.ts'
import { commit } from '../../store/commit.ts'
import { countRows, exportJobs, partAt, partsOf, resultAt, rowsOn } from './export.table.ts'
import { type Export, keptDays, usualRows } from './export.ts'
import { writers } from './formats.ts'
import type { Work } from './write-part.ts'

/** Puts the parts together into the file; answers its size. None is in memory as a whole. */
async function putTogether({ ctx, kind, columns }: Work, { id, format, locale, parts }: Export): Promise<number> {
  const { contentType, file } = writers[format]
  const language = locale ?? ctx.tenant.locale
  const headings = columns.map(({ label }) => label[language])
  let size = 0
  async function* rows() {
    for (const part of parts) yield* ctx.files.read(partAt(ctx, id, part))
  }
  async function* counted() {
    for await (const bytes of file(kind.label[language], headings, rows())) {
      size += bytes.length
      yield bytes
    }
  }
  await ctx.files.write(resultAt(ctx, id), contentType, counted())
  return size
}

/**
 * Makes the file and lets it be downloaded, in one transaction with its count to the person's day: more than the tenant takes
 * for usual is told to the admins (domain: Handover). Then what it was made of is removed.
 */
export async function finishExport(work: Work, exported: Export): Promise<void> {
  const { ctx } = work
  const { id, ownerId, kind, rows } = exported
  const size = await putTogether(work, exported)
  const [{ unusualExport: usual = usualRows }, before] = await Promise.all([readTenant(ctx), rowsOn(ctx, ownerId, today(ctx))])
  const availableUntil = new Date(Date.parse(ctx.now()) + keptDays * 86_400_000).toISOString()
  const after: Export = { ...exported, status: 'done', total: rows, size, availableUntil, finishedAt: ctx.now() }
  const subject = { type: 'export', id }
  const day = { userId: ownerId, kind, rows, rowsOfDay: before + rows, usual, on: today(ctx) }
  await commit(
    ctx,
    [exportJobs.replace(ctx, exported, after), ...(rows > 0 ? [countRows(ownerId, today(ctx), before, rows)] : [])],
    [ExportFinished(subject, { status: 'done', kind, rows }), ...(before + rows > usual ? [ExportUnusual(subject, day)] : [])],
  )
  for (const part of partsOf(exported)) await ctx.files.remove(partAt(ctx, id, part))
}
