import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Where } from '../../kernel/search-tree.ts'
import type { StateTable } from '../../kernel/states.ts'
import { Locale, line } from '../../kernel/text.ts'

const ExportId = idOf('exp').meta({ description: 'Id of an export', example: 'exp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

/** What an import takes too, so that every exported file can come back. */
export const mostExported = 100_000

/** How long a file can be downloaded. */
export const keptDays = 7

/** Rows of a person and day above which the admins are told, where the tenant says nothing. */
export const usualRows = 5000

const formats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof formats)[number]

const fields = {
  kind: line(40).meta({ description: 'What the rows are: customers, contacts, products, receivables and others (docs/imports.md).' }),
  format: z.enum(formats),
  columns: z.array(line(60)).min(1).max(200).meta({
    description: 'Names of the columns, in their order, as imports map to them; left out: those of the view, else all that the role sees.',
  }),
  text: line(200).meta({ description: 'As in a search.' }),
  where: Where,
  sort: line(200).meta({ description: 'As in a search.' }),
  viewId: idOf('viw').meta({ description: 'A saved view: its tree must hold too; its sort and fields count where none are given.' }),
  locale: Locale.meta({ description: "Of the headings; left out: the tenant's." }),
}

const statuses = ['running', 'done', 'failed', 'cancelled', 'expired'] as const
type ExportStatus = (typeof statuses)[number]

const rows = z.int().min(0).max(1_000_000)
const Fault = z.object({ code: z.string().max(100), detail: z.string().max(4000) })

const shapes = shapesOf('Export', ExportId, fields, ['kind', 'format'], {
  status: z.enum(statuses).meta({ description: `A file that is done can be downloaded for ${keptDays} days; then it is expired.` }),
  ownerId: z.string().meta({ description: 'Who exports: it shows what that person sees.' }),
  rows: rows.meta({ description: 'Rows written so far.' }),
  total: rows.nullable().default(null).meta({ description: 'Rows that were found; null until they are counted.' }),
  size: z.int().min(0).nullable().default(null).meta({ description: 'Bytes of the file.' }),
  url: z.string().max(4000).nullable().default(null).meta({
    description: 'Where to download it for the next 15 minutes; only from GET of one export that is done, and only for who exported.',
  }),
  availableUntil: Instant.nullable().default(null).meta({ description: 'When the file is deleted.' }),
  problem: Fault.nullable().default(null).meta({ description: 'Why it failed.' }),
  finishedAt: Instant.nullable().default(null),
})

export const CreateExport = shapes.create
export const Export = shapes.resource

const ExportRecord = shapes.record.extend({
  /** What is stored never says `expired`: that follows from the time. */
  status: z.enum(statuses),
  ownerId: z.string(),
  actor: z.object({ kind: z.enum(['user', 'key', 'system']), id: z.string(), userId: z.string().nullable() }),
  /** The columns that were settled when it was asked for. */
  columns: z.array(z.string()),
  /** True where the list is read, and not the search. */
  isWhole: z.boolean(),
  rows: z.int(),
  total: z.int().optional(),
  /** How many ids have been read, or where the list goes on. */
  place: z.int(),
  cursor: z.string().optional(),
  isRead: z.boolean(),
  /** Name of the part that holds the ids which were found. */
  ids: z.string().optional(),
  /** Names of the parts that are written, in their order. */
  parts: z.array(z.string()),
  size: z.int().optional(),
  availableUntil: Instant.optional(),
  problem: Fault.optional(),
  finishedAt: Instant.optional(),
})
export type Export = z.output<typeof ExportRecord>

type ExportAction = 'finish' | 'fail' | 'cancel'

export const exportStates: StateTable<ExportStatus, ExportAction> = {
  running: { finish: 'done', fail: 'failed', cancel: 'cancelled' },
  done: {},
  failed: {},
  cancelled: {},
  expired: {},
}

/** The state by now. */
export const statusAt = ({ status, availableUntil }: Pick<Export, 'status' | 'availableUntil'>, now: string): ExportStatus =>
  status === 'done' && availableUntil !== undefined && availableUntil <= now ? 'expired' : status
