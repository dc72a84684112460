import { creditReturn } from '../../../domain/finance/credit-note/credit-return.ts'
import { ShipmentReturned } from '../../../events/sales.ts'
import { consumer } from '../../consumer.ts'

export const handler = consumer(ShipmentReturned, creditReturn)
