import type { RecordKind } from '../kernel/record-kind.ts'
import { type Activity, ChangeActivity, LogActivity } from './activity/activity.ts'
import { changeActivity, deleteActivity, getActivity } from './activity/change-activity.ts'
import { logActivity } from './activity/log-activity.ts'
import { changeContact, createContact, deleteContact, getContact } from './contact/change-contact.ts'
import { ChangeContact, type Contact, CreateContact } from './contact/contact.ts'
import { changeCustomer, createCustomer, deleteCustomer, getCustomer } from './customer/change-customer.ts'
import { ChangeCustomer, CreateCustomer, type Customer } from './customer/customer.ts'
import { foreseeCustomers } from './duplicate/foresee-customers.ts'
import { isClosedEntry } from './duplicate/party-keys.ts'
import { changeFollowUp, createFollowUp, deleteFollowUp, getFollowUp } from './follow-up/change-follow-up.ts'
import { ChangeFollowUp, CreateFollowUp, type FollowUp } from './follow-up/follow-up.ts'

export const customerKind: RecordKind<Customer> = {
  name: 'customers',
  noun: 'customer',
  Create: CreateCustomer,
  Change: ChangeCustomer,
  permissions: { read: 'customers.read', write: 'customers.write', remove: 'customers.delete' },
  get: getCustomer,
  create: createCustomer,
  foresee: foreseeCustomers,
  isLasting: isClosedEntry,
  change: changeCustomer,
  remove: deleteCustomer,
}

export const contactKind: RecordKind<Contact> = {
  name: 'contacts',
  noun: 'contact',
  Create: CreateContact,
  Change: ChangeContact,
  permissions: { read: 'contacts.read', write: 'contacts.write', remove: 'contacts.write' },
  get: getContact,
  create: createContact,
  change: changeContact,
  remove: deleteContact,
}

export const activityKind: RecordKind<Activity> = {
  name: 'activities',
  noun: 'activity',
  Create: LogActivity,
  Change: ChangeActivity,
  permissions: { read: 'activities.read', write: 'activities.write', remove: 'activities.write' },
  get: getActivity,
  create: logActivity,
  change: changeActivity,
  remove: deleteActivity,
}

export const followUpKind: RecordKind<FollowUp> = {
  name: 'follow-ups',
  noun: 'follow-up',
  Create: CreateFollowUp,
  Change: ChangeFollowUp,
  permissions: { read: 'follow-ups.read', write: 'follow-ups.write', remove: 'follow-ups.write' },
  get: getFollowUp,
  create: createFollowUp,
  change: changeFollowUp,
  remove: deleteFollowUp,
}
