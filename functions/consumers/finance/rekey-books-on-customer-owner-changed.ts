import { rekeyBooks } from '../../../domain/finance/rekey-books.ts'
import { CustomerOwnerChanged } from '../../../events/parties.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CustomerOwnerChanged, (ctx, { subject }) => rekeyBooks(ctx, subject.id))
