import type { Context } from '../../kernel/context.ts'
import { customerPartition } from '../../parties/index.ts'
import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { encodePart } from '../../store/keys.ts'
import type { File } from './file.ts'

export const filesOn = (recordId: string) => ['FIL-ON', recordId]

/** In its customer's partition, where the customer's files are one range; those of one record are found by gsi1. */
export const files = defineEntity<File>({
  type: 'file',
  prefix: 'fil',
  schemaVersion: 1,
  key: (id) => ({ pk: customerPartition(id), sk: ['FIL', id] }),
  gsi1: (file) => ({ pk: filesOn(file.on.id), sk: [file.id] }),
  guards: (file) => externalIdGuard('file', file.externalId),
})

/** Where the bytes lie: tenant and id, nothing that a user wrote. */
export const storedAt = (ctx: Context, fileId: string): string => `${encodePart(ctx.tenant.id)}/${fileId}`
