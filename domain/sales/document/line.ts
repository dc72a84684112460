import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { Money } from '../../kernel/money.ts'
import { rule } from '../../kernel/parse-input.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { LinePrice, Quantity, ruledDecimal } from './decimal.ts'

/** Rates of value added tax, in percent. Exempt is not 0: it stands otherwise on the invoice. */
export const taxRates = ['13', '9', '6', '3', '1', '0', 'exempt'] as const
export type TaxRate = (typeof taxRates)[number]

export const TaxRate = z
  .union([z.enum(taxRates), z.literal([13, 9, 6, 3, 1, 0])])
  .transform((rate) => String(rate) as TaxRate)
  .meta({ description: 'Percent of value added tax, or exempt.' })

const Percent = ruledDecimal({ code: 'line.discount', least: 'zero', most: 100, decimals: 6 })
export const ProductId = idOf('pro').meta({ description: 'Id of a product' })

/** A document has at most so many lines: its item in the table, and the transaction that ships it, hold no more. */
export const mostLines = 200

const lineId = /^lin_[0-9A-Z]{18,20}$/
export const LineId = z
  .string()
  .regex(lineId, 'must be the id of a line')
  .meta({ description: 'Id of a line of a document', example: 'lin_01JD8ZQ4T5Q9R0S101' })

/**
 * The id of a line: of its document the time and the last six characters, then its place. With the partition of the customer the
 * document is found from it, so that a shipment names no more than its lines.
 */
export function lineIdOf(documentId: string, place: number): string {
  const ulid = documentId.slice(documentId.indexOf('_') + 1)
  return `lin_${ulid.slice(0, 10)}${ulid.slice(20)}${place.toString(36).toUpperCase().padStart(2, '0')}`
}

/** The document of a line, from the partition of its customer. */
export const documentOf = (id: string, prefix: string, partition: string): string =>
  `${prefix}_${id.slice(4, 14)}${partition}${id.slice(14, 20)}`

/** Whether something of a document is a product of the firm. */
export const hasProducts = (lines: readonly { productId?: string | null | undefined }[]): boolean =>
  lines.some(({ productId }) => productId)

/** The place of a line in its document; places are never given twice. */
export const placeOf = (id: string): number => Number.parseInt(id.slice(20), 36)

const text = {
  productId: ProductId,
  description: line(500).meta({ description: 'What it is; the name of the product when left out.' }),
  model: line(200),
  spec: line(200),
  customerPartNo: line(100).meta({ description: "The customer's own number of the part." }),
  unit: line(20),
  deliverOn: BusinessDate.meta({ description: 'When this line is to be delivered; the day of the document when left out.' }),
  note: paragraph(500),
}

const optional = z.object(text).partial().shape
type Text = typeof text
const nullish = Object.fromEntries(Object.entries(text).map(([name, schema]) => [name, (schema as z.ZodType).nullish()])) as {
  [K in keyof Text]: z.ZodOptional<z.ZodNullable<Text[K]>>
}
const nullable = Object.fromEntries(
  Object.entries(text).map(([name, schema]) => [name, (schema as z.ZodType).nullable().default(null)]),
) as { [K in keyof Text]: z.ZodDefault<z.ZodNullable<Text[K]>> }

const saysWhat = ({ id, productId, description }: { id?: unknown; productId?: unknown; description?: unknown }) =>
  Boolean(id ?? productId ?? description)
const noText = rule('line.empty', 'must name a product or say what it is')

/** What is sent of a line. */
export const givenLine = {
  ...nullish,
  quantity: Quantity,
  unitPrice: LinePrice.nullish(),
  discountPercent: Percent.nullish().meta({ description: 'Off the price of this line, 0 to 100.' }),
  taxRate: TaxRate.nullish().meta({ description: 'That of the product when left out, else the usual one of the firm.' }),
}

/** A line as callers send it. */
export const LineInput = z.strictObject(givenLine).refine(saysWhat, noText).meta({ id: 'DocumentLineInput' })
/** A line of a document that there is already: with its id it stays that line. */
export const LineChange = z
  .strictObject({ id: LineId.optional(), ...givenLine })
  .refine(saysWhat, noText)
  .meta({ id: 'DocumentLineChange' })
export type LineInput = z.output<typeof LineInput>
export type LineChange = z.output<typeof LineChange>

const decimal = z.string()

/** A line as it is stored: amounts in minor units of the currency of its document. */
export const LineRecord = z.object({
  id: z.string(),
  ...optional,
  quantity: decimal,
  unitPrice: decimal,
  discountPercent: decimal.optional(),
  taxRate: z.enum(taxRates),
  net: z.int(),
  tax: z.int(),
  gross: z.int(),
  /** What one unit cost when the line was written, in the currency of the books. */
  unitCost: decimal.optional(),
})
export type LineRecord = z.output<typeof LineRecord>

/** A line as it is answered. */
export const DocumentLine = z
  .object({
    id: LineId,
    ...nullable,
    quantity: decimal,
    unitPrice: decimal,
    discountPercent: decimal.nullable().default(null),
    taxRate: z.enum(taxRates),
    net: Money.meta({ description: 'Without tax, after all discounts.' }),
    tax: Money,
    gross: Money.meta({ description: 'With tax.' }),
    unitCost: decimal.nullable().default(null).meta({ description: 'In the currency of the books; null for those who may not see costs.' }),
  })
  .meta({ id: 'DocumentLine' })

const tooMany = rule('document.too-many-lines', `must be at most ${mostLines} lines`)
const none = rule('document.no-lines', 'must be at least one line')

/** The lines of a document: 1 to 200. */
export const linesOf = <S extends z.ZodType>(schema: S) =>
  z
    .array(schema)
    .refine((lines) => lines.length > 0, none)
    .refine((lines) => lines.length <= mostLines, tooMany)
    .meta({ minItems: 1, maxItems: mostLines })
