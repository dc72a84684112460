import * as z from 'zod'
import { idOf } from '../../../kernel/ids.ts'
import { paragraph } from '../../../kernel/text.ts'

/** What a template may be made of: everything that is not on this list is refused. Texts hold Liquid. */

const liquidText = (max: number) => paragraph(max)
const short = () => liquidText(500)
const align = z.enum(['left', 'center', 'right'])
export const DocumentImageId = idOf('dim').meta({ description: 'Id of a document image', example: 'dim_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const Letterhead = z.strictObject({
  type: z.literal('letterhead'),
  style: z.enum(['band', 'centred']).optional().meta({ description: 'Firm left and title right, or all centred as on a form.' }),
  title: short(),
  subtitle: short().optional(),
  details: liquidText(2000).optional().meta({ description: 'Lines below the name of the firm; empty ones are left out.' }),
  logo: z.boolean().optional().meta({ description: 'Whether the logo is shown; it is unless said otherwise.' }),
})

const Fields = z.strictObject({
  type: z.literal('fields'),
  heading: short().optional(),
  across: z.int().min(1).max(4).optional().meta({ description: 'How many stand side by side.' }),
  items: z
    .array(z.strictObject({ label: short().or(z.literal('')), text: liquidText(2000), strong: z.boolean().optional() }))
    .min(1)
    .max(30)
    .meta({ description: 'Labels and texts; what comes out empty is left out with its label.' }),
})

const Text = z.strictObject({
  type: z.literal('text'),
  heading: short().optional(),
  text: liquidText(8000).meta({ description: 'Left out with its heading when it comes out empty.' }),
  size: z.number().min(5).max(36).optional(),
  bold: z.boolean().optional(),
  align: align.optional(),
  boxed: z.boolean().optional().meta({ description: 'In a tinted box.' }),
})

const Signatures = z.strictObject({
  type: z.literal('signatures'),
  parties: z
    .array(
      z.strictObject({
        label: short(),
        name: short().or(z.literal('')).optional(),
        lines: z.array(short()).max(6).optional(),
        seal: z.boolean().optional().meta({ description: 'Shows the seal of the firm over it.' }),
      }),
    )
    .min(1)
    .max(4),
})

const simple = [
  z.strictObject({ type: z.literal('rule') }),
  z.strictObject({ type: z.literal('space'), height: z.number().min(1).max(300).meta({ description: 'Points.' }) }),
  z.strictObject({
    type: z.literal('image'),
    imageId: DocumentImageId,
    width: z.number().min(5).max(280).meta({ description: 'Millimetres.' }),
    align: align.optional(),
  }),
] as const

const Inner = z.discriminatedUnion('type', [Fields, Text, ...simple])

const Columns = z.strictObject({
  type: z.literal('columns'),
  columns: z.array(z.array(Inner).min(1).max(20)).min(2).max(3),
  widths: z.array(z.number().min(1).max(100)).min(2).max(3).optional().meta({ description: 'Shares of the width, one for each column.' }),
})

export const totalRows = ['sum', 'discount', 'net', 'tax', 'total', 'opening', 'charged', 'paid', 'closing', 'overdue'] as const

const Block = z.discriminatedUnion('type', [
  Letterhead,
  Fields,
  Columns,
  z.strictObject({ type: z.literal('lines') }).meta({ description: 'The lines of the document, in the columns of the template.' }),
  z.strictObject({
    type: z.literal('totals'),
    rows: z
      .array(z.enum(totalRows))
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'Which sums, in this order; all that the document has unless said.' }),
  }),
  Text,
  Signatures,
  ...simple,
])
export type Block = z.output<typeof Block>

const isOne = (type: Block['type']) => (blocks: Block[]) => blocks.filter((block) => block.type === type).length <= 1

export const Layout = z
  .strictObject({
    blocks: z
      .array(Block)
      .min(1)
      .max(40)
      .refine(isOne('letterhead'), 'must hold one letterhead at most')
      .refine(isOne('lines'), 'must hold the lines once at most'),
    footer: liquidText(1000).optional().meta({ description: 'At the foot of every page, left of the page number.' }),
  })
  .meta({ id: 'DocumentLayout', description: 'The blocks of a document from top to bottom. Texts may hold Liquid.' })
export type Layout = z.output<typeof Layout>
