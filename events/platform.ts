import * as z from 'zod'
import { defineEvent } from './define.ts'

export const FileAdded = defineEvent({
  name: 'file.added',
  version: 1,
  summary: 'A file was uploaded to a record.',
  data: z.strictObject({ size: z.int() }),
  sample: { size: 48213 },
})
export const FileDeleted = defineEvent({
  name: 'file.deleted',
  version: 1,
  summary: 'A file was deleted.',
  data: z.strictObject({}),
  sample: {},
})

export const ImportStarted = defineEvent({
  name: 'import.started',
  version: 1,
  summary: 'An import, its dry run or its revert was started, or goes on after it broke off.',
  data: z.strictObject({ work: z.enum(['import', 'revert']), kind: z.string(), rows: z.int(), dryRun: z.boolean() }),
  sample: { work: 'import', kind: 'customers', rows: 20000, dryRun: false },
})
export const ImportFinished = defineEvent({
  name: 'import.finished',
  version: 1,
  summary: 'An import or its dry run came to its end, or failed as a whole.',
  data: z.strictObject({
    status: z.enum(['done', 'checked', 'failed']),
    created: z.int(),
    updated: z.int(),
    skipped: z.int(),
    failed: z.int(),
  }),
  sample: { status: 'done', created: 19950, updated: 0, skipped: 0, failed: 50 },
})
export const ImportReverted = defineEvent({
  name: 'import.reverted',
  version: 1,
  summary: 'What an import had written was taken back, but for what had changed since.',
  data: z.strictObject({ reverted: z.int(), refused: z.int() }),
  sample: { reverted: 19950, refused: 3 },
})

export const ExportStarted = defineEvent({
  name: 'export.started',
  version: 1,
  summary: 'Somebody asked for an export.',
  data: z.strictObject({ kind: z.string(), format: z.enum(['csv', 'xlsx']) }),
  sample: { kind: 'customers', format: 'xlsx' },
})
export const ExportFinished = defineEvent({
  name: 'export.finished',
  version: 1,
  summary: 'An export can be downloaded, or failed.',
  data: z.strictObject({ status: z.enum(['done', 'failed']), kind: z.string(), rows: z.int() }),
  sample: { status: 'done', kind: 'customers', rows: 20000 },
})
export const ExportUnusual = defineEvent({
  name: 'export.unusual',
  version: 1,
  summary: 'Somebody exported more on one day than the tenant takes for usual: the admins are told.',
  data: z.strictObject({
    userId: z.string(),
    kind: z.string(),
    rows: z.int(),
    rowsOfDay: z.int(),
    usual: z.int(),
    on: z.string(),
  }),
  sample: { userId: 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3', kind: 'customers', rows: 20000, rowsOfDay: 23000, usual: 5000, on: '2026-11-21' },
})
export const ExportDeleted = defineEvent({
  name: 'export.deleted',
  version: 1,
  summary: 'An export was deleted; what it left in the file store goes too.',
  data: z.strictObject({ parts: z.array(z.string()) }),
  sample: { parts: ['prt_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] },
})

export const DocumentTemplateCreated = defineEvent({
  name: 'document-template.created',
  version: 1,
  summary: 'A template of documents was made.',
  data: z.strictObject({ kind: z.string() }),
  sample: { kind: 'quote' },
})
export const DocumentTemplateChanged = defineEvent({
  name: 'document-template.changed',
  version: 1,
  summary: 'A template of documents was changed.',
  data: z.strictObject({ changed: z.array(z.string()) }),
  sample: { changed: ['layout'] },
})
export const DocumentTemplateDeleted = defineEvent({
  name: 'document-template.deleted',
  version: 1,
  summary: 'A template of documents was deleted.',
  data: z.strictObject({}),
  sample: {},
})
export const DocumentImageCreated = defineEvent({
  name: 'document-image.created',
  version: 1,
  summary: 'A logo, a seal or another picture for documents was added.',
  data: z.strictObject({ kind: z.enum(['logo', 'seal', 'picture']) }),
  sample: { kind: 'seal' },
})
export const DocumentImageDeleted = defineEvent({
  name: 'document-image.deleted',
  version: 1,
  summary: 'A picture for documents was deleted.',
  data: z.strictObject({}),
  sample: {},
})

export const DocumentMailReported = defineEvent({
  name: 'document.mail-reported',
  version: 1,
  summary: 'What became of a mail that brought a document to the customer: it arrived, was opened, came back.',
  data: z.strictObject({
    what: z.enum(['delivered', 'opened', 'clicked', 'bounced', 'soft-bounced', 'complained', 'rejected']),
    at: z.string(),
  }),
  sample: { what: 'opened', at: '2026-11-21T02:10:00.000Z' },
})
