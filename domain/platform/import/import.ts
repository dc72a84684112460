import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import type { StateTable } from '../../kernel/states.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { Upload } from '../file/file.ts'
import { encodings } from '../sheet/decode-text.ts'
import { delimiters } from '../sheet/read-csv.ts'

const ImportId = idOf('imp').meta({ description: 'Id of an import', example: 'imp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

export const largestImport = 50 * 1024 * 1024
const mostMapped = 200

const Mapping = z
  .record(z.string().min(1).max(200), line(60).nullable())
  .refine((mapping) => Object.keys(mapping).length <= mostMapped, `must not name more than ${mostMapped} columns`)
  .meta({ description: 'The field that each heading of the file means; headings that are null or left out are not read.' })

const mostDefaults = 50
const Defaults = z
  .record(line(60), line(200))
  .refine((defaults) => Object.keys(defaults).length <= mostDefaults, `must not name more than ${mostDefaults} fields`)
  .meta({ description: 'What a field says where the file has no column for it or the cell is empty, written as a cell would be.' })

const fields = {
  kind: line(40).meta({ description: 'What the rows are: customers, contacts, products, receivables and others (docs/imports.md).' }),
  fileName: line(200)
    .refine((name) => !/[/\\]/.test(name), 'must not contain a slash')
    .meta({ description: 'CSV or XLSX; what it is, the bytes tell.' }),
  size: z.int().min(0).max(1_000_000_000).meta({ description: 'Bytes, at most 50 MiB.' }),
  mapping: Mapping,
  defaults: Defaults,
  matchBy: z.array(line(60)).max(5).meta({
    description: 'Fields that find the record which a row means, the first that is filled and finds one; none: every row is new.',
  }),
  onMatch: z.enum(['skip', 'update', 'fail']).meta({ description: 'What is done with a row whose record exists. Left out: skip.' }),
  onDuplicate: z.enum(['fail', 'import']).meta({
    description:
      'What is done with a row that seems to be another record already. Left out: fail, with who it may be. import takes it with duplicateReason.',
  }),
  duplicateReason: paragraph(500).meta({
    description: 'Why such rows are other records all the same; kept with each of them. For onDuplicate import.',
  }),
  dryRun: z.boolean().meta({ description: 'Check every row, duplicates too, and write none; then it can be started for real.' }),
  encoding: z.enum(encodings).meta({ description: 'Of a CSV, when what was recognised is wrong.' }),
  delimiter: z.enum(delimiters).meta({ description: 'Of a CSV, when what was recognised is wrong.' }),
  sheet: line(200).meta({ description: 'Of an XLSX; left out: the first.' }),
  headingRow: z.int().min(1).max(100).meta({
    description:
      'The row that has the headings; left out: the first that is not empty, or one further down where several of the fields are named.',
  }),
}

const statuses = ['waiting', 'ready', 'running', 'checked', 'done', 'failed', 'cancelled', 'reverting', 'reverted'] as const
type ImportStatus = (typeof statuses)[number]

const count = z.int().min(0).max(1_000_000)
/** What became of the rows so far. */
export const Counts = z.object({ created: count, updated: count, skipped: count, failed: count }).meta({ id: 'ImportCounts' })
export type Counts = z.output<typeof Counts>

const Column = z.object({
  heading: z.string().max(200),
  field: z.string().max(60).nullable().default(null).meta({ description: 'The field it is mapped to.' }),
})
const Target = z.object({ name: z.string().max(60), label: z.string().max(100) })
const Fault = z.object({ code: z.string().max(100), detail: z.string().max(4000) })

const shapes = shapesOf('Import', ImportId, fields, ['kind', 'fileName', 'size'], {
  status: z.enum(statuses).meta({
    description:
      'waiting for its file; ready to start; running; checked by a dry run; done; failed as a whole; cancelled; reverting; reverted.',
  }),
  ownerId: z.string().meta({ description: 'Who imports, and as whom every row is written.' }),
  format: z.enum(['csv', 'xlsx']).nullable().default(null),
  sheets: z.array(z.string().max(200)).default([]).meta({ description: 'The sheets of an XLSX.' }),
  columns: z.array(Column).default([]).meta({ description: 'The columns of the file, with what they are mapped to.' }),
  preview: z
    .array(z.array(z.string().max(500)).max(200))
    .default([])
    .meta({ description: 'The first rows, cell by cell as the columns stand.' }),
  fields: z.array(Target).max(200).default([]).meta({ description: 'The fields that a column can be mapped to.' }),
  total: count.default(0).meta({ description: 'Rows with data.' }),
  rows: Counts.meta({ description: 'What became of the rows so far; of a dry run, what would.' }),
  reverted: z
    .object({ reverted: count, refused: count })
    .nullable()
    .default(null)
    .meta({ description: 'Records that were taken back, and those that were not, since they have changed.' }),
  problem: Fault.nullable().default(null).meta({ description: 'Why it failed as a whole.' }),
  errorsUrl: z.string().max(4000).nullable().default(null).meta({
    description:
      'For the next 15 minutes: the rows that failed, or were not reverted, as CSV with their reasons; of a dry run also those that would be taken in spite of a likeness.',
  }),
  startedAt: Instant.nullable().default(null),
  finishedAt: Instant.nullable().default(null),
})

export const CreateImport = shapes.create
export const ChangeImport = shapes.patch.omit({ kind: true, fileName: true, size: true }).meta({ id: 'ChangeImport' })
export const Import = shapes.resource
export const ImportWithUpload = shapes.resource.extend({ upload: Upload }).meta({ id: 'ImportWithUpload' })
export const StartImport = z
  .strictObject({
    etags: z
      .array(line(200))
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'For an upload in parts: the ETag of each part, in their order.' }),
  })
  .meta({ id: 'StartImport' })

const StoredColumn = z.object({ heading: z.string(), at: z.int() })

export const ImportRecord = shapes.record.extend({
  status: z.enum(statuses),
  ownerId: z.string(),
  uploadId: z.string().optional(),
  /** Changes with the bytes; what was looked through is what is imported. */
  tag: z.string().optional(),
  format: z.enum(['csv', 'xlsx']).optional(),
  /** What was recognised, where the caller named nothing. */
  seenEncoding: z.enum(encodings).optional(),
  sheets: z.array(z.string()).optional(),
  columns: z.array(StoredColumn).optional(),
  preview: z.array(z.array(z.string())).optional(),
  total: z.int().optional(),
  /** Counts the starts: what became of the rows of each start is kept apart. */
  run: z.int(),
  /** As whom the rows are written. */
  actor: z.object({ kind: z.enum(['user', 'key', 'system']), id: z.string(), userId: z.string().nullable() }),
  /** As whom they are taken back. */
  reverter: z.object({ kind: z.enum(['user', 'key', 'system']), id: z.string(), userId: z.string().nullable() }).optional(),
  rows: Counts,
  reverted: z.object({ reverted: z.int(), refused: z.int() }).optional(),
  hasErrors: z.boolean().optional(),
  problem: Fault.optional(),
  startedAt: Instant.optional(),
  finishedAt: Instant.optional(),
})
export type Import = z.output<typeof ImportRecord>

export const noCounts: Counts = { created: 0, updated: 0, skipped: 0, failed: 0 }

type ImportAction = 'change' | 'inspect' | 'start' | 'finish' | 'check' | 'fail' | 'cancel' | 'resume' | 'revert'

const open = { change: 'ready', inspect: 'ready', start: 'running' } as const
export const importStates: StateTable<ImportStatus, ImportAction> = {
  waiting: { ...open, change: 'waiting' },
  ready: open,
  checked: open,
  running: { finish: 'done', check: 'checked', fail: 'failed', cancel: 'cancelled', resume: 'running' },
  done: { revert: 'reverting' },
  failed: { resume: 'running', revert: 'reverting' },
  cancelled: { resume: 'running', revert: 'reverting' },
  reverting: { finish: 'reverted', fail: 'failed', resume: 'reverting' },
  reverted: {},
}
