import type { Context } from '../../kernel/context.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { type Pointed, type PointedFrom, pointedIn } from '../../store/pointed.ts'
import { queryAll, type Range } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { whoseLists } from '../asked.ts'
import { pageByExternalId } from '../by-external-id.ts'
import { rowsInSight, visibleCustomer } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { asThingsOf, rangesOf } from '../customer/partitions.ts'
import { allContacts, birthdaysBetween, contacts, contactsOf, contactsOfOwner } from './contact.table.ts'
import type { Contact } from './contact.ts'

const sorts = ['-createdAt', 'createdAt'] as const
const createdAt = instantOperators

export const contactList = {
  filters: { customerId: ['eq'], ownerId: ['eq', 'in'], createdAt, externalId: ['eq'] },
  sorts,
  search: '/v1/contacts/search',
} as const satisfies ListSpec

/** The list under one customer. */
export const customerContactList = { filters: { createdAt }, sorts } as const satisfies ListSpec

const ways = [['ownerId', 'createdAt'], ['customerId', 'createdAt'], ['externalId']]

/** All contacts of a customer, read consistently. */
export async function contactsOfCustomer(ctx: Context, customer: Customer): Promise<Contact[]> {
  const found = await Promise.all(rangesOf(customer, contactsOf).map((range) => queryAll(ctx, range, { consistent: true })))
  const rows = found.flat().map((item) => recordOf(contacts, item))
  return asThingsOf(customer, rows)
}

async function ofCustomer(ctx: Context, customerId: string, input: ListInput): Promise<Page<Contact>> {
  const customer = await visibleCustomer(ctx, customerId)
  const span = instantRange(input.filter, 'createdAt', (instant) => `CON#${firstIdAt('con', instant)}`)
  const ranges = rangesOf(customer, (id) => ({ ...contactsOf(id), ...span, reverse: input.sort === '-createdAt' }))
  const page = await listPage(ctx, 'contacts', ranges, input)
  const rows = page.data.map((item) => recordOf(contacts, item))
  return { ...page, data: asThingsOf(customer, rows) }
}

/**
 * Contacts by creation, newest first unless asked otherwise: all (gsi1), those of the customers of the owners the caller
 * sees, merged (gsi2), or all of one customer in sight. By externalId at most one. Those of customers out of sight are left
 * out; those of a customer shared with the caller stand under the customer.
 */
export async function listContacts(ctx: Context, input: ListInput): Promise<Page<Contact>> {
  const { filter } = input
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, contacts, filter.externalId.eq)
  if (filter.customerId?.eq !== undefined) return ofCustomer(ctx, filter.customerId.eq, input)
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...instantRange(filter, 'createdAt', (instant) => firstIdAt('con', instant)), reverse: input.sort === '-createdAt' }
  const ranges: Range[] =
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: allContacts }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: contactsOfOwner(ownerId) }))
  const page = await listPage(ctx, 'contacts', ranges, input)
  const rows = page.data.map((item) => recordOf(contacts, item))
  return { ...page, data: await rowsInSight(ctx, rows) }
}

/**
 * Access pattern: a portion of the contacts whose birthday falls on a day, those of 29 February on the 28th of other years; 1 Query of
 * pointers, 1 batch get.
 */
export async function contactsBornOn(ctx: Context, day: string, from: PointedFrom): Promise<Pointed<Contact>> {
  const isLast = day.endsWith('-02-28') && !isLeapYear(day)
  const { found, next } = await pointedIn(ctx, birthdaysBetween(day, isLast ? day.replace(/28$/, '29') : day), from)
  return { found: await findInOrder(ctx, contacts, found), next }
}

const isLeapYear = (day: string): boolean => new Date(Date.UTC(Number(day.slice(0, 4)), 1, 29)).getUTCMonth() === 1
