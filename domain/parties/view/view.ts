import * as z from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Where } from '../../kernel/search-tree.ts'
import { line } from '../../kernel/text.ts'

export const ViewId = idOf('viw').meta({ description: 'Id of a saved view', example: 'viw_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })
const searchNouns = ['customers', 'contacts', 'activities'] as const
export type SearchNoun = (typeof searchNouns)[number]

const fields = {
  name: line(100),
  noun: z.enum(searchNouns).meta({ description: 'What is searched; never changes.' }),
  where: Where,
  sort: line(200).meta({ description: 'As in a search, such as `-lastContactAt,name`.' }),
  fields: z.array(line(60)).min(1).max(60).meta({ description: 'What is answered of each record besides its id; left out: all.' }),
  shared: z.enum(['user', 'team', 'tenant']).meta({
    description:
      'Who may use it: its owner alone; the team of the owner (the people below, or without any, those below the same manager); everybody.',
  }),
}

const shapes = shapesOf('View', ViewId, fields, ['name', 'noun'], { ownerId: z.string().meta({ description: 'Who saved it.' }) })

export const CreateView = shapes.create
export const ChangeView = shapes.patch.omit({ noun: true }).meta({ id: 'ChangeView' })
export const ViewRecord = shapes.record.extend({ shared: fields.shared, ownerId: z.string(), teamId: z.string().optional() })
export const View = shapes.resource.extend({ shared: fields.shared, fields: fields.fields.nullable().default(null) }).meta({ id: 'View' })
export type View = z.output<typeof ViewRecord>
