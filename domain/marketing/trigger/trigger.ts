import * as z from 'zod'
import { triggerEvents } from '../../../events/triggers.ts'
import { Where } from '../../kernel/search-tree.ts'

const where = Where.meta({
  description:
    'Who is meant, as in a segment: fields of the contact, and of the customer as `customer.<field>`, what was bought, and who responded.',
})
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/)

const OnEvent = z.strictObject({
  on: z.literal('event'),
  event: z.enum(triggerEvents),
  data: z
    .record(name, z.array(z.string().max(100)).min(1).max(20))
    .nullish()
    .meta({ description: 'Fields of the data of the event, and the values that count.' }),
  where: where.nullish(),
  once: z.boolean().nullish().meta({ description: 'A contact gets it for the first such event alone, not for each.' }),
  delayHours: z.int().min(0).max(8760).nullish().meta({ description: 'How long after the event it is sent.' }),
})

const OnDay = z.strictObject({
  on: z.literal('day'),
  where: where.meta({ description: 'Looked at every day: whoever is found gets it, such as customers without an order for 90 days.' }),
  everyDays: z
    .int()
    .min(1)
    .max(3650)
    .nullish()
    .meta({ description: 'Who is still found gets it again after so many days. Left out: never.' }),
})

const OnBirthday = z.strictObject({ on: z.literal('birthday'), daysBefore: z.int().min(0).max(30).nullish(), where: where.nullish() })
const OnQuoteExpired = z.strictObject({
  on: z.literal('quote-expired'),
  daysAfter: z.int().min(1).max(90).nullish(),
  where: where.nullish(),
})
const OnContractEnding = z.strictObject({
  on: z.literal('contract-ending'),
  daysBefore: z.int().min(0).max(365).nullish().meta({ description: 'How long before the last day of the contract; left out: 30.' }),
  where: where.nullish(),
})

export const Trigger = z
  .discriminatedUnion('on', [OnEvent, OnDay, OnBirthday, OnQuoteExpired, OnContractEnding])
  .meta({ id: 'CampaignTrigger', description: 'What a campaign starts from, contact by contact, instead of a segment.' })
export type Trigger = z.output<typeof Trigger>

/** Whether the data of an event is what a trigger asks for. */
export function dataFits(wanted: Record<string, string[]> | null | undefined, data: Record<string, unknown>): boolean {
  return Object.entries(wanted ?? {}).every(([field, values]) => {
    const given = Object.hasOwn(data, field) ? [data[field]].flat().map(String) : []
    return given.some((value) => values.includes(value))
  })
}
