import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { BusinessDate } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId } from '../../parties/index.ts'
import { ExchangeRate, PostedMoney } from '../amount.ts'
import { allocationInputs, computedOfSource, shownSource, sourceFields } from '../settlement/source.ts'

const WriteOffId = idOf('wof').meta({ description: 'Id of a write-off', example: 'wof_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const fields = {
  customerId: CustomerId,
  number: line(60).meta({ description: 'The next one of the firm when left out.' }),
  issuedOn: BusinessDate,
  amount: PostedMoney.meta({ description: 'All of it is allocated.' }),
  exchangeRate: ExchangeRate.meta({ description: 'What one unit is worth in the currency of the firm; 1 when left out for that itself.' }),
  reason: line(500),
  notes: paragraph(4000),
}

const writeOffStatuses = ['posted', 'reversed'] as const
const { unallocated: _none, ...computed } = computedOfSource

const shapes = shapesOf('WriteOff', WriteOffId, fields, ['customerId', 'issuedOn', 'amount', 'reason'], {
  ...computed,
  status: z.enum(writeOffStatuses),
  ownerId: UserId.nullable().default(null).meta({ description: 'The owner of the customer.' }),
})

export const CreateWriteOff = shapes.create
  .extend({ allocations: allocationInputs.allocations.nullish(), allocate: allocationInputs.allocate.nullish() })
  .meta({ id: 'CreateWriteOff' })
export const WriteOff = shapes.resource.extend({ number: fields.number, exchangeRate: ExchangeRate }).meta({ id: 'WriteOff' })
const WriteOffRecord = shapes.record.extend(sourceFields)
export type WriteOff = z.output<typeof WriteOffRecord>

export const shownWriteOff = (writeOff: WriteOff) => {
  const { unallocated: _all, ...shown } = shownSource(writeOff)
  const status: (typeof writeOffStatuses)[number] = writeOff.ended ? 'reversed' : 'posted'
  return { ...shown, status }
}
