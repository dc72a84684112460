import * as z from 'zod'
import { BusinessDate } from '../../kernel/dates.ts'
import { Activity } from '../activity/activity.ts'
import { Contact } from '../contact/contact.ts'
import { Customer } from './customer.ts'

const forReaders = 'null when the API key may not read them.'

/** The customer at a glance (360°): what of it is the parties' own. */
export const CustomerSummary = z.object({
  customer: Customer,
  owner: z.object({ id: z.string(), name: z.string().nullable() }).nullable().meta({ description: 'null in the public pool.' }),
  contacts: z
    .array(Contact)
    .nullable()
    .meta({ description: `The primary one first, then the newest; ${forReaders}` }),
  recentActivities: z
    .array(Activity)
    .nullable()
    .meta({ description: `The latest ten, newest first; ${forReaders}` }),
  openFollowUps: z
    .array(z.object({ id: z.string(), dueOn: BusinessDate, subject: z.string(), ownerId: z.string(), ownerName: z.string().nullable() }))
    .nullable()
    .meta({ description: `In the order in which they fall due; ${forReaders}` }),
  more: z
    .object({ contacts: z.boolean(), activities: z.boolean() })
    .meta({ description: 'Whether there are others than shown here; the lists under the customer have them all.' }),
})
