import { eraseLeadsOf } from '../../../domain/marketing/lead/erase-leads.ts'
import { removeRecords } from '../../../domain/parties/customer/remove-records.ts'
import { removeFilesOf } from '../../../domain/platform/file/read-files.ts'
import { thingsOfSales } from '../../../domain/sales/things-of-customer.ts'
import { CustomerDeleted } from '../../../events/parties.ts'
import { files } from '../../clients/files.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(
  CustomerDeleted,
  async (ctx, event) => {
    if (!(await removeRecords(ctx, event, thingsOfSales))) return
    await eraseLeadsOf(ctx, event.subject.id)
    await removeFilesOf(ctx, event.subject.id)
  },
  { files },
)
