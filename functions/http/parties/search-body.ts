import * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'
import { Where } from '../../../domain/kernel/search-tree.ts'
import { line } from '../../../domain/kernel/text.ts'
import type { SearchPage } from '../../../domain/parties/search/run-search.ts'
import { ViewId } from '../../../domain/parties/view/view.ts'

const names = (resource: z.ZodObject) => Object.keys(resource.shape) as [string, ...string[]]

/** The body of a search of a noun, by the resource that it answers. */
export const searchBody = (name: string, resource: z.ZodObject) =>
  z
    .strictObject({
      text: line(200).nullish().meta({ description: 'Words that must all be found: docs/search.md says in which fields.' }),
      where: Where.nullish(),
      sort: line(200)
        .nullish()
        .meta({ description: 'Up to three fields, separated by commas; - puts the greatest or latest first. What is unset comes last.' }),
      limit: z.int().min(1).max(100).default(25).meta({ description: 'How many records to answer.' }),
      cursor: z
        .string()
        .max(4000)
        .nullish()
        .meta({ description: 'page.next of the former page. It belongs to the same text, where and sort.' }),
      fields: z
        .array(z.enum(names(resource)))
        .min(1)
        .max(100)
        .nullish()
        .meta({ description: 'What to answer of each record besides its id; left out: all.' }),
      viewId: ViewId.nullish().meta({
        description: 'A saved view: its tree must hold too; its sort and fields count where none are given.',
      }),
    })
    .meta({ id: `Search${name}` })

const unwrapped = (schema: z.ZodType): z.ZodType => (schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema)

/** The answer of a search: each record with all its fields, or with those that were asked for. */
export const searchAnswer = (name: string, resource: z.ZodObject) => {
  const shape = Object.fromEntries(
    Object.entries(resource.shape).map(([field, schema]) => [field, field === 'id' ? schema : unwrapped(schema as z.ZodType).optional()]),
  )
  const row = z.object(shape).meta({ id: `${name}Row`, description: 'All fields, or the id and those that the search asked for.' })
  return z.object({
    data: z.array(row).max(100),
    page: z.object({ next: z.string().max(4000).nullable().meta({ description: 'The cursor of the next page; null at the end.' }) }),
    total: z.int().min(0).meta({ description: 'How many records match, all pages together.' }),
  })
}

/** Shows each row as its own route does, then only the fields that were asked for. */
export const presentPage =
  <T>(resource: z.ZodObject, present: (ctx: Context, record: T) => unknown) =>
  (ctx: Context, { data, page, total, fields }: SearchPage<T>) => ({
    data: data.map((record) => {
      const shown = resource.parse(present(ctx, record)) as Record<string, unknown>
      return fields ? Object.fromEntries(Object.entries(shown).filter(([name]) => name === 'id' || fields.includes(name))) : shown
    }),
    page,
    total,
  })
