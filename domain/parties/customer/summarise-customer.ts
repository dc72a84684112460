import { allowed, userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { recordOf } from '../../store/entity.ts'
import type { Item } from '../../store/item.ts'
import { queryPage } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { redirectType } from '../../store/redirect.ts'
import { activitiesOf } from '../activity/activity.table.ts'
import type { Activity } from '../activity/activity.ts'
import { activitiesIn } from '../activity/read-activities.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import { reachOf, requireWhole, sightOf } from './access.ts'
import { customerPartition, customers } from './customer.table.ts'
import type { Customer, OpenFollowUp } from './customer.ts'
import { asThingsOf } from './partitions.ts'

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

/** The top of a customer's partition, read backwards: the customer, its contacts, then its activities, the newest first. */
interface Top {
  id: string
  items: Item[]
  more: boolean
}

const readTop = async (ctx: Context, id: string): Promise<Top> => ({
  id,
  ...(await queryPage(ctx, { partition: customerPartition(id), from: 'ACT#', to: 'CUS', reverse: true }, { limit: mostItems })),
})

const isActivity = (item: Item) => String(item.sk).startsWith('ACT#')

/** Items of several partitions in the order of one that is read backwards. */
const newestFirst = (items: Item[]): Item[] => items.sort((a, b) => (String(a.sk) > String(b.sk) ? -1 : 1))

/** The activities behind the contacts; of a partition with so many contacts that they filled the page, by a Query of their own. */
async function activitiesBehind(ctx: Context, top: Top): Promise<{ items: Item[]; more: boolean }> {
  const own = top.items.filter(isActivity)
  if (!top.more || own.length >= mostActivities) return { items: own, more: top.more }
  return queryPage(ctx, activitiesOf(top.id, true), { limit: mostActivities * 2 })
}

async function latestActivities(ctx: Context, customer: Customer, tops: Top[]): Promise<{ latest: Activity[]; more: boolean }> {
  const pages = await Promise.all(tops.map((top) => activitiesBehind(ctx, top)))
  const found = await activitiesIn(ctx, newestFirst(pages.flatMap(({ items }) => items)))
  const latest = asThingsOf(customer, found.slice(0, mostActivities))
  return { latest, more: pages.some(({ more }) => more) || found.length > mostActivities }
}

/** The primary one first, though it may be older than those on the page; then the newest. */
async function shownContacts(ctx: Context, customer: Customer, tops: Top[]): Promise<Contact[]> {
  const items = newestFirst(tops.flatMap(({ items }) => items.filter((item) => item.entity === contacts.type)))
  const newest = items.map((item) => recordOf(contacts, item))
  const id = customer.primaryContactId
  const isCut = tops.some(({ more }) => more)
  const primary = newest.find((contact) => contact.id === id) ?? (id && isCut ? await find(ctx, contacts, id) : undefined)
  return asThingsOf(customer, primary ? [primary, ...newest.filter((contact) => contact.id !== id)] : newest)
}

/**
 * The customer at a glance: itself, its contacts, its latest activities and what is open, by one Query of its partition and
 * one of each that was merged into it. 404 when the customer is out of sight, 403 while it lies in the pool.
 */
export async function summariseCustomer(ctx: Context, { id }: { id: string }): Promise<Summary> {
  if (!isId('cus', id)) throw notFound('customer')
  const [top, reach, names] = await Promise.all([readTop(ctx, id), reachOf(ctx), userNames(ctx)])
  const [first] = top.items
  if (first?.id === id && first.entity === redirectType) return summariseCustomer(ctx, { id: first.to as string })
  const customer = first?.id === id ? recordOf(customers, first) : undefined
  if (!customer) throw notFound('customer')
  requireWhole(sightOf(ctx, customer, reach))
  const tops = [top, ...(await Promise.all((customer.absorbed ?? []).map((absorbed) => readTop(ctx, absorbed))))]
  const nameOf = (userId: string) => names.get(userId) ?? null
  const [people, { latest, more }] = await Promise.all([shownContacts(ctx, customer, tops), latestActivities(ctx, customer, tops)])
  const open = (customer.openFollowUps ?? []).map((followUp) => ({ ...followUp, ownerName: nameOf(followUp.ownerId) }))
  return {
    customer,
    owner: customer.ownerId ? { id: customer.ownerId, name: nameOf(customer.ownerId) } : null,
    contacts: allowed(ctx.actor, 'contacts.read') ? people : null,
    recentActivities: allowed(ctx.actor, 'activities.read') ? latest : null,
    openFollowUps: allowed(ctx.actor, 'follow-ups.read') ? open : null,
    more: { contacts: tops.some((one) => one.more && !one.items.some(isActivity)), activities: more },
  }
}
