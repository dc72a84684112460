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
