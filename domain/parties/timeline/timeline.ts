import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { Activity } from '../activity/activity.ts'

/** One thing that happened to a customer or anything of it. */
export const TimelineEntry = z
  .object({
    id: z.string(),
    type: z.string().meta({ description: 'Name of the event, such as `activity.logged`.' }),
    at: Instant.meta({ description: 'When it was entered.' }),
    actor: z
      .object({
        kind: z.enum(['user', 'key', 'system']),
        id: z.string(),
        name: z.string().nullable().meta({ description: 'Of a user; null for API keys, the system and those who are gone.' }),
      })
      .meta({ description: 'Who did it.' }),
    subject: z.object({ type: z.string(), id: z.string() }).meta({ description: 'What it was done to.' }),
    data: z.record(z.string(), z.unknown()).meta({ description: 'Ids and names of changed fields, as docs/events.md says of the type.' }),
    activity: Activity.nullable().default(null).meta({ description: 'Of `activity.logged`: the activity as it is by now.' }),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.input<typeof TimelineEntry>
