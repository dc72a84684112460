import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { BusinessDate } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { CustomerId } from '../../parties/index.ts'
import { ExchangeRate, PostedMoney } from '../amount.ts'
import { allocationInputs, computedOfSource, shownSource, sourceFields, unallocatedOf } from '../settlement/source.ts'

const CreditNoteId = idOf('crn').meta({ description: 'Id of a credit note', example: 'crn_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const fields = {
  customerId: CustomerId,
  number: line(60).meta({ description: 'The next one of the firm when left out.' }),
  issuedOn: BusinessDate,
  amount: PostedMoney.meta({ description: 'With tax.' }),
  exchangeRate: ExchangeRate.meta({ description: 'What one unit is worth in the currency of the firm; 1 when left out for that itself.' }),
  reason: line(500),
  orderId: idOf('ord').meta({ description: 'The order it is for: what is owed for that one is settled first.' }),
  shipmentId: idOf('shp').meta({ description: 'The shipment whose goods came back.' }),
  notes: paragraph(4000),
}

const creditNoteStatuses = ['open', 'allocated', 'reversed'] as const

const shapes = shapesOf('CreditNote', CreditNoteId, fields, ['customerId', 'issuedOn', 'amount', 'reason'], {
  ...computedOfSource,
  status: z.enum(creditNoteStatuses),
  ownerId: UserId.nullable().default(null).meta({ description: 'The owner of the customer.' }),
})

export const CreateCreditNote = shapes.create
  .extend({ allocations: allocationInputs.allocations.nullish(), allocate: allocationInputs.allocate.nullish() })
  .meta({ id: 'CreateCreditNote' })
export const CreditNote = shapes.resource.extend({ number: fields.number, exchangeRate: ExchangeRate }).meta({ id: 'CreditNote' })
const CreditNoteRecord = shapes.record.extend(sourceFields)
export type CreditNote = z.output<typeof CreditNoteRecord>

export const shownCreditNote = (note: CreditNote) => {
  const status: (typeof creditNoteStatuses)[number] = note.ended ? 'reversed' : unallocatedOf(note) > 0 ? 'open' : 'allocated'
  return { ...shownSource(note), status }
}
