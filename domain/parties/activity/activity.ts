import * as z from 'zod'
import { BusinessDate, Instant } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { datedId, idOf } from '../../kernel/ids.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { line, paragraph } from '../../kernel/text.ts'
import { ContactId } from '../contact/contact.ts'
import { type Customer, CustomerId, type OpenFollowUp } from '../customer/customer.ts'
import { FollowUpId } from '../follow-up/follow-up.ts'

const ActivityId = idOf('act').meta({ description: 'Id of an activity' })
export const activityKinds = ['call', 'visit', 'email', 'message', 'meeting', 'note'] as const

/** Kept to the centimetre: what is smaller is noise, and numbers near zero are more than the table can hold. */
const degrees = (most: number) =>
  z
    .number()
    .min(-most)
    .max(most)
    .overwrite((value) => Math.round(value * 1e7) / 1e7 + 0)

const Location = z
  .strictObject({ lat: degrees(90).nullish(), lng: degrees(180).nullish(), text: line(300).nullish() })
  .refine(({ lat, lng }) => typeof lat === typeof lng, 'must have lat and lng together')

const fields = {
  customerId: CustomerId,
  kind: z.enum(activityKinds),
  at: Instant.refine((at) => at >= '1970', 'must be in 1970 or later').meta({ description: 'When it took place; not in the future.' }),
  summary: paragraph(4000).meta({ description: 'What was said and done.' }),
  outcome: line(500).meta({ description: 'What came of it.' }),
  contactId: ContactId.meta({ description: 'Whom it was with; a contact of the customer.' }),
  followUpId: FollowUpId.meta({
    description: "The planned contact that this was. Left out: the author's open follow-ups of the customer that were due by then.",
  }),
  nextContactOn: BusinessDate.meta({ description: 'When to be in touch again; plans a follow-up, or moves the earliest open one.' }),
  location: Location,
}

const shapes = shapesOf('Activity', ActivityId, fields, ['customerId', 'kind', 'at', 'summary'], {
  authorId: z.string().meta({ description: 'The person who logged it.' }),
})

export const LogActivity = shapes.create.meta({ id: 'LogActivity' })
export const ChangeActivity = shapes.patch.omit({ customerId: true, followUpId: true, nextContactOn: true }).meta({ id: 'ChangeActivity' })
export const Activity = shapes.resource
export const ActivityRecord = shapes.record.extend({ authorId: z.string() })
export type Activity = z.output<typeof ActivityRecord>

/** Clocks differ a little; what lies further ahead has not happened yet. */
const toleranceMilliseconds = 2 * 60 * 1000

/** 422 `activity.in-future`: what is planned is a follow-up. */
export function requirePast(at: string, now: string): void {
  if (Date.parse(at) > Date.parse(now) + toleranceMilliseconds)
    throw invalid('activity.in-future', '/at', 'An activity has taken place. Plan what is to come with nextContactOn or a follow-up.')
}

/** Ids are made of the time of the activity; where that was corrected, the activity sorts under another key than its id. */
export const sortId = (activity: { id: string; at: string }): string => datedId(activity.id, activity.at)

/** The open follow-ups that an activity of `authorId` settles when it names none: the author's own that were due by `on`. */
export const settledBy = (customer: Customer, authorId: string, on: string): OpenFollowUp[] =>
  (customer.openFollowUps ?? []).filter((open) => open.ownerId === authorId && open.dueOn <= on)

/** True for what counts as contact where a customer is reclaimed for want of it: notes are only written down. */
export const isContact = ({ kind }: Pick<Activity, 'kind'>): boolean => kind !== 'note'

const latest = (before: string | undefined, at: string) => (before !== undefined && before >= at ? before : at)

/** The customer after an activity. */
export function withActivity(customer: Customer, activity: Pick<Activity, 'kind' | 'at'>): Customer {
  const contacted = isContact(activity) ? { lastQualifyingContactAt: latest(customer.lastQualifyingContactAt, activity.at) } : {}
  return { ...customer, lastContactAt: latest(customer.lastContactAt, activity.at), ...contacted }
}
