import * as z from 'zod'
import { rule } from '../../kernel/parse-input.ts'
import { DocumentLine, givenLine, LineId, LineRecord } from '../document/line.ts'

const saysWhat = (given: Record<string, unknown>) => Boolean(given.quoteLine ?? given.productId ?? given.description)
const ofQuote = ['quoteLine', 'quantity', 'deliverOn', 'note']
const isPure = (given: Record<string, unknown>) =>
  !given.quoteLine || Object.entries(given).every(([name, value]) => value == null || ofQuote.includes(name))

/** A line of the quote, by its id, or one that is typed. */
export const OrderLineInput = z
  .strictObject({ quoteLine: LineId.nullish().meta({ description: 'The line of the quote that is ordered.' }), ...givenLine })
  .refine(saysWhat, rule('line.empty', 'must name a product or a line of the quote, or say what it is'))
  .refine(isPure, rule('line.price-of-quote', 'takes everything but quantity, deliverOn and note from the line of the quote'))
  .meta({ id: 'OrderLineInput' })
export type OrderLineInput = z.output<typeof OrderLineInput>

/** A line as it is answered: with what was shipped of it by now. */
export const OrderLine = DocumentLine.extend({
  quoteLine: z.string().nullable().default(null).meta({ description: 'The line of the quote it came from.' }),
  shipped: z.string().meta({ description: 'Quantity that was shipped, less what came back to be replaced.' }),
  open: z.string().meta({ description: 'Quantity that is still to be shipped.' }),
}).meta({ id: 'OrderLine' })

export const OrderLineRecord = LineRecord.extend({ quoteLine: z.string().optional() })
export type OrderLineRecord = z.output<typeof OrderLineRecord>
