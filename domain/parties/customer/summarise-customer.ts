import { allowed, userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { recordOf } from '../../store/entity.ts'
import { type Item, queryPage } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { activitiesOf } from '../activity/activity.table.ts'
import type { Activity } from '../activity/activity.ts'
import { activitiesIn } from '../activity/read-activities.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { reachOf, requireWhole, sightOf } from './access.ts'
import { customerPartition, customers } from './customer.table.ts'
import type { Customer, OpenFollowUp } from './customer.ts'

export interface Summary {
  customer: Customer
  owner: { id: string; name: string | null } | null
  contacts: Contact[] | null
  recentActivities: Activity[] | null
  openFollowUps: (OpenFollowUp & { ownerName: string | null })[] | null
  more: { contacts: boolean; activities: boolean }
}

const mostItems = 50
const mostActivities = 10

interface Partition {
  items: Item[]
  more: boolean
}

/** The top of the customer's partition, read backwards: the customer, its contacts, then its activities, the newest first. */
const readTop = (ctx: Context, id: string): Promise<Partition> =>
  queryPage(ctx, { partition: customerPartition(id), from: 'ACT#', to: 'CUS', reverse: true }, { limit: mostItems })

const isActivity = (item: Item) => String(item.sk).startsWith('ACT#')

/** The activities behind the contacts; of a customer with so many contacts that they filled the page, by a Query of their own. */
async function latestActivities(ctx: Context, id: string, top: Partition): Promise<{ latest: Activity[]; more: boolean }> {
  const own = top.items.filter(isActivity)
  const page = top.more && own.length < mostActivities ? await queryPage(ctx, activitiesOf(id, true), { limit: mostActivities * 2 }) : top
  const found = await activitiesIn(ctx, page.items.filter(isActivity))
  return { latest: found.slice(0, mostActivities), more: page.more || found.length > mostActivities }
}

/** The primary one first, though it may be older than those on the page; then the newest. */
async function shownContacts(ctx: Context, customer: Customer, top: Partition): Promise<Contact[]> {
  const newest = top.items.filter((item) => item.entity === contacts.type).map((item) => recordOf(contacts, item))
  const id = customer.primaryContactId
  const primary = newest.find((contact) => contact.id === id) ?? (id && top.more ? await find(ctx, contacts, id) : undefined)
  return primary ? [primary, ...newest.filter((contact) => contact.id !== id)] : newest
}

/**
 * The customer at a glance: itself, its contacts, its latest activities and what is open, by one Query of its partition.
 * 404 when the customer is out of sight, 403 while it lies in the pool.
 */
export async function summariseCustomer(ctx: Context, { id }: { id: string }): Promise<Summary> {
  if (!isId('cus', id)) throw notFound('customer')
  const [top, reach, names] = await Promise.all([readTop(ctx, id), reachOf(ctx), userNames(ctx)])
  const [first] = top.items
  const customer = first?.id === id ? recordOf(customers, first) : undefined
  if (!customer) throw notFound('customer')
  requireWhole(sightOf(ctx, customer, reach))
  const nameOf = (userId: string) => names.get(userId) ?? null
  const [people, { latest, more }] = await Promise.all([shownContacts(ctx, customer, top), latestActivities(ctx, id, top)])
  const open = (customer.openFollowUps ?? []).map((followUp) => ({ ...followUp, ownerName: nameOf(followUp.ownerId) }))
  return {
    customer,
    owner: customer.ownerId ? { id: customer.ownerId, name: nameOf(customer.ownerId) } : null,
    contacts: allowed(ctx.actor, 'contacts.read') ? people : null,
    recentActivities: allowed(ctx.actor, 'activities.read') ? latest : null,
    openFollowUps: allowed(ctx.actor, 'follow-ups.read') ? open : null,
    more: { contacts: top.more && !top.items.some(isActivity), activities: more },
  }
}
