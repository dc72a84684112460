import { rekeyDocuments } from '../../../domain/sales/document/rekey-documents.ts'
import { CustomerOwnerChanged } from '../../../events/parties.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CustomerOwnerChanged, rekeyDocuments)
