import { removeBytesOf } from '../../../domain/platform/file/read-files.ts'
import { FileDeleted } from '../../../events/platform.ts'
import { files } from '../../clients/files.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(FileDeleted, (ctx, { subject }) => removeBytesOf(ctx, subject.id), { files })
