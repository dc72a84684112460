import { creditReturn } from '../../../domain/finance/credit-note/credit-return.ts'
import { ShipmentReturned } from '../../../events/shipments.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(ShipmentReturned, creditReturn)
