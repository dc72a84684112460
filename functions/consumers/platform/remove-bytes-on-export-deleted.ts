import { removeBytes } from '../../../domain/platform/export/remove-bytes.ts'
import { ExportDeleted } from '../../../events/platform.ts'
import { files } from '../../clients/files.ts'
import { consumer } from '../../consumer.ts'

/** What an export that was deleted left in the file store. */
export const handler = consumer(ExportDeleted, (ctx, { subject, data }) => removeBytes(ctx, subject.id, data.parts), { files })
