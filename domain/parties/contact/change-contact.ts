import type * as z from 'zod'
import { ContactChanged, ContactCreated, ContactDeleted } from '../../../events/parties.ts'
import { requireWritableFields } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { find } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import type { Write } from '../../store/write.ts'
import { visibleOfCustomer, writableCustomer, writableOfCustomer } from '../customer/access.ts'
import type { Customer } from '../customer/customer.ts'
import { customerWrite } from '../customer/customer-write.ts'
import { foundByPhones } from '../duplicate/contact-phones.ts'
import { contacts } from './contact.table.ts'
import { type ChangeContact, type Contact, ContactRecord, type CreateContact } from './contact.ts'

const subjectOf = (contact: Contact) => ({ type: 'contact', id: contact.id, customerId: contact.customerId })

const nothing = { writes: [], events: [] }

/** Only a primary contact keeps the mark. */
function unmarked(contact: Contact): Contact {
  const { primary, ...rest } = contact
  return primary ? contact : rest
}

/**
 * What else happens when `contact` is, or is not, the primary one: the customer knows which one it is, so that two cannot
 * both become it, and the former one loses its mark.
 */
async function primaryChange(ctx: Context, customer: Customer, contact: Contact, isPrimary: boolean) {
  const { primaryContactId: former, ...rest } = customer
  const isFormer = former === contact.id
  const after = isPrimary ? { ...rest, primaryContactId: contact.id } : isFormer ? rest : customer
  const loser = isPrimary && former && !isFormer ? await find(ctx, contacts, former, { consistent: true }) : undefined
  const writes: Write[] = [customerWrite(ctx, customer, after)]
  if (loser) writes.push(contacts.replace(ctx, loser, unmarked({ ...loser, primary: false })))
  return { writes, events: loser ? [ContactChanged(subjectOf(loser), { changed: ['primary'] })] : [] }
}

/** Adds a contact of a customer. 404 at its place for a customer out of sight, 403 for a field above the role. */
export async function createContact(ctx: Context, input: z.output<typeof CreateContact>): Promise<Contact> {
  requireWritableFields(ctx.actor, 'contact', input)
  const customer = await writableCustomer(ctx, input.customerId, '/customerId')
  const owner = customer.ownerId ? { ownerId: customer.ownerId } : {}
  const plain = unmarked({ ...compact(input), customerId: customer.id, ...owner, ...newRecord(ctx, 'con', customer.id) } as Contact)
  const contact = { ...plain, ...(await foundByPhones(ctx, plain)) }
  const { writes, events } = await primaryChange(ctx, customer, contact, contact.primary ?? false)
  return commit(ctx, [contacts.create(contact), ...writes], [ContactCreated(subjectOf(contact), {}), ...events])
}

/** The contact with the keys of the telephones that it has now. */
async function withItsPhones(ctx: Context, { foundBy: _former, ...contact }: Contact): Promise<Contact> {
  return { ...contact, ...(await foundByPhones(ctx, contact)) }
}

/** Changes a contact by merge patch. Becoming the primary one takes it from the former. */
export async function changeContact(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeContact>; ifMatch?: string | undefined },
): Promise<Contact> {
  requireWritableFields(ctx.actor, 'contact', changes)
  const { record: before, customer } = await writableOfCustomer(ctx, contacts, id)
  requireVersion(before, ifMatch)
  const after = unmarked(mergePatch(ContactRecord, before, changes))
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  const rest = changed.includes('primary') ? await primaryChange(ctx, customer, before, after.primary ?? false) : nothing
  const found = changed.includes('phones') ? await withItsPhones(ctx, after) : after
  return commit(
    ctx,
    [contacts.replace(ctx, before, found), ...rest.writes],
    [ContactChanged(subjectOf(before), { changed }), ...rest.events],
  )
}

/** Deletes a contact. Activities with it keep its id. */
export async function deleteContact(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const { record, customer } = await writableOfCustomer(ctx, contacts, id)
  requireVersion(record, ifMatch)
  const { writes } = await primaryChange(ctx, customer, record, false)
  await commit(ctx, [contacts.remove(record), ...writes], [ContactDeleted(subjectOf(record), {})])
}

/** One contact of a customer that the caller may see. */
export const getContact = async (ctx: Context, { id }: { id: string }): Promise<Contact> =>
  (await visibleOfCustomer(ctx, contacts, id)).record
