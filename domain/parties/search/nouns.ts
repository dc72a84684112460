import type { Permission } from '../../identity/index.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { Activity } from '../activity/activity.ts'
import { Contact } from '../contact/contact.ts'
import { Customer } from '../customer/customer.ts'
import type { SearchNoun } from '../view/view.ts'
import { activityFields } from './activity-fields.ts'
import { contactFields } from './contact-fields.ts'
import { customerFields } from './customer-fields.ts'
import type { NounFields } from './fields.ts'

interface SearchedNoun {
  catalogue: NounFields<never>
  /** What of a record can be answered. */
  answered: readonly string[]
  permission: Permission
}

const noun = <T extends Stored>(catalogue: NounFields<T>, resource: { shape: object }, permission: Permission): SearchedNoun => ({
  catalogue: catalogue as NounFields<never>,
  answered: Object.keys(resource.shape),
  permission,
})

/** What can be searched, by its noun. */
export const searched: Record<SearchNoun, SearchedNoun> = {
  customers: noun(customerFields, Customer, 'customers.read'),
  contacts: noun(contactFields, Contact, 'contacts.read'),
  activities: noun(activityFields, Activity, 'activities.read'),
}
