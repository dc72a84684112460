import { dealsApart } from '../../../domain/sales/note-deals-of.ts'
import { CustomerMergeUndone } from '../../../events/parties.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CustomerMergeUndone, (ctx, { subject, data }) => dealsApart(ctx, [subject.id, data.duplicateId]))
