import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Where } from '../../kernel/search-tree.ts'
import { line, paragraph } from '../../kernel/text.ts'

export const SegmentId = idOf('seg').meta({ description: 'Id of a segment' })
const contactId = idOf('con')

const fields = {
  name: line(100),
  description: paragraph(500),
  where: Where,
  includeContactIds: z.array(contactId).max(500).meta({ description: 'People who belong to it whatever the search says.' }),
  excludeContactIds: z.array(contactId).max(500).meta({ description: 'People who never belong to it.' }),
  excludeSegmentIds: z.array(SegmentId).max(10).meta({ description: 'Segments whose people do not belong to it.' }),
}

const shapes = shapesOf('Segment', SegmentId, fields, ['name'], {})

export const CreateSegment = shapes.create
export const ChangeSegment = shapes.patch
export const Segment = shapes.resource
export const SegmentRecord = shapes.record
export type Segment = z.output<typeof SegmentRecord>

export const SegmentCount = z
  .object({
    count: z.int().meta({ description: 'People in it that were found so far; all of them when it is `complete`.' }),
    mailable: z.int().meta({ description: 'Of the first 1,000 of them those with an address who did not opt out.' }),
    sampled: z.int().meta({ description: 'How many were looked at for that.' }),
    complete: z.boolean().meta({
      description: 'False while a segment that one function cannot look through is counted; ask again for the rest.',
    }),
    countedAt: Instant.meta({ description: 'A large segment, once counted, is counted anew after an hour.' }),
  })
  .meta({ id: 'SegmentCount' })

/** A segment that is tried before it is saved. */
export const PreviewSegment = shapes.create
  .pick({ where: true, includeContactIds: true, excludeContactIds: true, excludeSegmentIds: true })
  .meta({ id: 'PreviewSegment' })

/** Members of a segment by the rules, of what the search found and what the lists say. */
export function membersOf(found: readonly string[], included: readonly string[], excluded: ReadonlySet<string>): string[] {
  return [...new Set([...found, ...included])].filter((id) => !excluded.has(id)).sort()
}
