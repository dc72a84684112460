import type { Context } from '../../kernel/context.ts'
import { step } from '../../kernel/states.ts'
import type { TransferKind } from '../../kernel/transfer-kind.ts'
import { commit } from '../../store/commit.ts'
import { finishUpload } from '../file/upload.ts'
import { sheetNames } from '../sheet/read-xlsx.ts'
import { mostRows, sheetFault } from '../sheet/sheet-faults.ts'
import type { Source } from '../sheet/source.ts'
import { announced } from './create-import.ts'
import { headingRowIn } from './find-headings.ts'
import { guessMapping } from './guess-mapping.ts'
import { type Heading, headingsOf, requireHeadings } from './headings.ts'
import { imports } from './import.table.ts'
import { type Import, importStates } from './import.ts'
import { recognise, sheetRows, sourceOf } from './open-sheet.ts'
import { kindNamed, visibleImport } from './read-imports.ts'

const previewRows = 5
const previewLength = 200

interface Seen {
  headings: Heading[]
  preview: string[][]
  total: number
}

/** Reads the file through: its headings, its first rows, how many there are. */
async function lookThrough(source: Source, told: Parameters<typeof sheetRows>[1], sheets: readonly string[] = []): Promise<Seen> {
  let headings: Heading[] | undefined
  const preview: string[][] = []
  let total = 0
  for await (const row of sheetRows(source, told)) {
    if (!headings) {
      headings = headingsOf(row)
      continue
    }
    requireHeadings(headings, row)
    total += 1
    if (total > mostRows) throw sheetFault('too-many-rows')
    if (preview.length < previewRows) preview.push(headings.map(({ at }) => (row.cells[at] ?? '').slice(0, previewLength)))
  }
  if (!headings || total === 0)
    throw sheets.length > 1 ? sheetFault('sheet-empty', `The sheets are: ${sheets.join(', ')}.`) : sheetFault('file-empty')
  return { headings, preview, total }
}

/** The import with what its file shows; a mapping is guessed unless the caller gave one. */
export async function inspected(ctx: Context, kind: TransferKind, imported: Import, etags: string[] | undefined): Promise<Import> {
  const upload = announced(ctx, imported)
  await finishUpload(ctx, upload, etags)
  const tag = await ctx.files.tag(upload.key)
  const source = sourceOf(ctx, imported)
  const { format, encoding: seenEncoding } = await recognise(source, imported.encoding)
  const sheets = format === 'xlsx' ? await sheetNames(source) : undefined
  const told = { ...imported, format, ...(seenEncoding ? { seenEncoding } : {}) }
  const headingRow = imported.headingRow ?? (await headingRowIn(sheetRows(source, told), kind.fields))
  const found = headingRow === undefined ? {} : { headingRow }
  const { headings, preview, total } = await lookThrough(source, { ...told, ...found }, sheets)
  const names = headings.map(({ heading }) => heading)
  const guessed = Object.entries(guessMapping(names, kind.fields)).filter(([, field]) => field !== null)
  const mapping = imported.mapping ?? Object.fromEntries(guessed)
  const { uploadId: _uploadId, ...rest } = imported
  const seen = { format, ...(seenEncoding ? { seenEncoding } : {}), ...(sheets ? { sheets } : {}), ...(tag ? { tag } : {}) }
  return { ...rest, ...seen, ...found, columns: headings, preview, total, mapping }
}

/**
 * Looks the uploaded file through: recognises its format, encoding and columns, guesses what they mean and shows the first
 * rows. 409 `file.not-uploaded` until the bytes are there, 422 `import.…` for a file that cannot be imported.
 */
export async function inspectImport(
  ctx: Context,
  kinds: readonly TransferKind[],
  { id, etags }: { id: string; etags?: string[] | undefined },
): Promise<Import> {
  const before = await visibleImport(ctx, id, { consistent: true })
  const status = step('import', importStates, before.status, 'inspect')
  const after = await inspected(ctx, kindNamed(kinds, before.kind), before, etags)
  return commit(ctx, [imports.replace(ctx, before, { ...after, status })], [])
}
