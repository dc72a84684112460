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
