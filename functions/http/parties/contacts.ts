import { withoutHidden } from '../../../domain/identity/index.ts'
import type { Context } from '../../../domain/kernel/context.ts'
import { changeContact, createContact, deleteContact, getContact } from '../../../domain/parties/contact/change-contact.ts'
import { ChangeContact, Contact, type Contact as ContactRecord, CreateContact } from '../../../domain/parties/contact/contact.ts'
import { contactList, customerContactList, listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { contactKind } from '../../../domain/parties/record-kinds.ts'
import { bulkRoutes } from '../bulk.ts'
import { route } from '../route.ts'
import { contactExample } from './examples.ts'
import { ofCustomer } from './of-customer.ts'

/** As the caller may see it. */
export const presentContact = (ctx: Context, contact: ContactRecord) => withoutHidden(ctx.actor, 'contact', contact)

const present = presentContact

export const contactRoutes = [
  route({
    method: 'GET',
    path: '/v1/contacts',
    summary: 'List contacts',
    description:
      'Contacts of the customers that the caller and those below own, newest first; those of a customer shared with the caller stand under the customer. ownerId is the owner of the customer.',
    permission: 'contacts.read',
    list: contactList,
    response: Contact,
    present,
    run: listContacts,
  }),
  route({
    method: 'GET',
    path: '/v1/customers/{id}/contacts',
    summary: 'List the contacts of a customer',
    permission: 'contacts.read',
    list: customerContactList,
    response: Contact,
    present,
    run: (ctx, input) => listContacts(ctx, ofCustomer(input)),
  }),
  route({
    method: 'POST',
    path: '/v1/contacts',
    summary: 'Create a contact',
    description: 'A contact that is made the primary one takes that from the former.',
    permission: 'contacts.write',
    body: CreateContact,
    response: Contact,
    creates: true,
    example: { body: contactExample },
    present,
    run: createContact,
  }),
  route({
    method: 'GET',
    path: '/v1/contacts/{id}',
    summary: 'Get a contact',
    permission: 'contacts.read',
    response: Contact,
    present,
    run: getContact,
  }),
  route({
    method: 'PATCH',
    path: '/v1/contacts/{id}',
    summary: 'Change a contact',
    description: 'JSON Merge Patch. The customer of a contact never changes.',
    permission: 'contacts.write',
    body: ChangeContact,
    response: Contact,
    example: { body: { title: '采购总监', primary: true } },
    present,
    run: changeContact,
  }),
  route({
    method: 'DELETE',
    path: '/v1/contacts/{id}',
    summary: 'Delete a contact',
    description: 'Activities with the contact keep its id.',
    permission: 'contacts.write',
    run: deleteContact,
  }),
  ...bulkRoutes({ kind: contactKind, response: Contact, present, example: contactExample }),
]
