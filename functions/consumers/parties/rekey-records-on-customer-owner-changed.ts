import { rekeyRecords } from '../../../domain/parties/customer/rekey-records.ts'
import { CustomerOwnerChanged } from '../../../events/parties.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(CustomerOwnerChanged, rekeyRecords)
