import * as z from 'zod'
import { idOf } from '../../../kernel/ids.ts'
import { shapesOf } from '../../../kernel/resource.ts'
import { Locale, line, paragraph } from '../../../kernel/text.ts'
import { type ColumnField, lineColumns, statementColumns } from '../compose/line-columns.ts'
import { documentKinds } from '../document-view.ts'
import { papers } from '../paper.ts'
import { DocumentImageId, Layout } from './layout.ts'

export const DocumentTemplateId = idOf('dtp').meta({ description: 'Id of a document template', example: 'dtp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })

const columnFields = [...new Set([...Object.keys(lineColumns), ...Object.keys(statementColumns)])] as [ColumnField, ...ColumnField[]]

const Column = z.strictObject({
  field: z.enum(columnFields).meta({ description: 'What stands in it; a column that comes out empty is left out.' }),
  heading: line(60).optional().meta({ description: 'Instead of its usual heading.' }),
  width: z.number().min(5).max(200).optional().meta({ description: 'Millimetres; what is in it decides unless said.' }),
  align: z.enum(['left', 'center', 'right']).optional(),
})
export type Column = z.output<typeof Column>

const fields = {
  name: line(100),
  kind: z.enum(documentKinds).meta({ description: 'The documents it is for; fixed.' }),
  locale: Locale.meta({ description: 'Its language; that of the tenant unless said.' }),
  isDefault: z.boolean().meta({ description: 'Taken for documents of its kind and language that name none. There is one at most.' }),
  paper: z.enum(papers).meta({ description: '`241x…` are continuous forms of 241 mm: black, every form complete by itself.' }),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1d4e89')
    .meta({ description: 'Colour of titles and rules.', examples: ['#1d4e89'] }),
  fontSize: z.number().min(6).max(14).meta({ description: 'Points.' }),
  logoId: DocumentImageId.meta({ description: 'Instead of the logo of the letterhead.' }),
  columns: z.array(Column).min(1).max(16).meta({ description: 'Of the lines, from left to right.' }),
  layout: Layout,
  subject: line(300).meta({ description: 'Subject of the mail that brings the document; Liquid.' }),
  message: paragraph(8000).meta({ description: 'Text of that mail; Liquid.' }),
}

const shapes = shapesOf('DocumentTemplate', DocumentTemplateId, fields, ['name', 'kind'], {})

export const CreateDocumentTemplate = shapes.create
export const ChangeDocumentTemplate = shapes.patch.omit({ kind: true }).meta({ id: 'ChangeDocumentTemplate' })
export const DocumentTemplate = shapes.resource.extend({ columns: fields.columns }).meta({ id: 'DocumentTemplate' })
export const DocumentTemplateRecord = shapes.record.required({
  locale: true,
  paper: true,
  accent: true,
  fontSize: true,
  columns: true,
  layout: true,
  subject: true,
  message: true,
})
export type DocumentTemplate = z.output<typeof DocumentTemplateRecord>

/** What of a template a document is made with. */
export type TemplateContent = Pick<
  DocumentTemplate,
  'kind' | 'locale' | 'paper' | 'accent' | 'fontSize' | 'logoId' | 'columns' | 'layout' | 'subject' | 'message'
>
