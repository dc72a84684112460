import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { idOf } from '../../kernel/ids.ts'

/** What happened, as the audit trail shows it: who did what to which record, and when. */
export const Event = z
  .object({
    id: idOf('evt'),
    type: z.string().meta({ description: 'Name of the event, such as `customer.created`.' }),
    version: z.int().meta({ description: 'Version of its data.' }),
    at: Instant,
    actor: z.object({ kind: z.enum(['user', 'key', 'system']), id: z.string() }).meta({ description: 'Who did it.' }),
    subject: z.object({ type: z.string(), id: z.string() }).meta({ description: 'What it was done to.' }),
    customerId: z.string().nullable().default(null).meta({ description: 'The customer whose timeline shows it.' }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Ids and names of changed fields; docs/events.md describes it for each type. No values.' }),
    requestId: z.string().meta({ description: 'The X-Request-Id of the request that caused it.' }),
  })
  .meta({ id: 'Event' })
