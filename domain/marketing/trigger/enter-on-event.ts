import type { DeliveredEvent } from '../../../events/define.ts'
import { actorAgain } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Contact, type Customer, contacts, contactsOfCustomer, customers } from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { campaigns, triggeredBy } from '../campaign/campaign.table.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { pauseCampaign } from '../campaign/control-campaign.ts'
import { enter } from './enter.ts'
import { meantBy, orPaused, recentCriteria } from './meant-by.ts'
import { dataFits } from './trigger.ts'

/** Whom a customer is written to: the one to be asked for first, else the earliest with an address. */
export async function mainContact(ctx: Context, customerId: string): Promise<Contact | undefined> {
  const customer = (await find(ctx, customers, customerId)) as Customer | undefined
  const people = customer ? (await contactsOfCustomer(ctx, customer)).filter(({ email }) => email) : []
  return people.find(({ primary }) => primary) ?? people[0]
}

/** Whom an event is about: the contact it names, else the one who speaks for its customer. */
async function personOf(ctx: Context, { subject, customerId, data }: DeliveredEvent): Promise<Contact | undefined> {
  const named = typeof data.contactId === 'string' ? data.contactId : subject.type === 'contact' ? subject.id : undefined
  if (named) return (await find(ctx, contacts, named)) as Contact | undefined
  const firm = customerId ?? (subject.type === 'customer' ? subject.id : undefined)
  return firm ? mainContact(ctx, firm) : undefined
}

/** Takes whom an event is about into the campaigns that wait for it; each contact once for each event. What happened before a campaign began is none of it. */
export async function enterOnEvent(ctx: Context, event: DeliveredEvent): Promise<void> {
  const rows = await queryAll(ctx, { index: 'gsi1', partition: triggeredBy(event.name) })
  for (const row of rows) {
    const campaign = recordOf(campaigns, row) as Campaign
    const { trigger, startedAt = '~' } = campaign
    if (trigger?.on !== 'event' || event.at < startedAt || !dataFits(trigger.data, event.data)) continue
    const person = await personOf(ctx, event)
    if (!person || !(await isMeant(ctx, campaign, person))) continue
    const dueAt = new Date(Date.parse(event.at) + (trigger.delayHours ?? 0) * 3_600_000).toISOString()
    await enter(ctx, campaign, { contactId: person.id, key: trigger.once ? 'once' : event.id, dueAt }, true)
  }
}

/** Whether a contact is one that the campaign is for, as whoever launched it sees them now. Who is gone stops the campaign. */
async function isMeant(ctx: Context, campaign: Campaign, person: Contact): Promise<boolean> {
  const actor = await actorAgain(ctx, campaign.launchedBy!)
  if (!actor) {
    await pauseCampaign(ctx, campaign, 'launcher-gone')
    return false
  }
  const found = await orPaused(ctx, campaign, async () => {
    const meant = await meantBy({ ...ctx, actor }, campaign.trigger?.where, (as, where) => recentCriteria(as, campaign.id, where))
    return meant([person])
  })
  return found !== undefined && found.length > 0
}
