import { type Referrer, thingsOf } from '../../parties/index.ts'
import { files } from './file.table.ts'
import type { File } from './file.ts'

/** Files of a merged customer: the bytes stay where they are, since their place follows from the id of the file. */
export const turnedFiles: Referrer = thingsOf<File>('files', files, {
  turned: (file, { to }) => ({ record: file.on.type === 'customer' ? { ...file, on: { ...file.on, id: to.id } } : file }),
})
