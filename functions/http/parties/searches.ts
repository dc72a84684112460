import { Activity } from '../../../domain/parties/activity/activity.ts'
import { Contact } from '../../../domain/parties/contact/contact.ts'
import { Customer } from '../../../domain/parties/customer/customer.ts'
import { searchActivities } from '../../../domain/parties/search/search-activities.ts'
import { searchContacts } from '../../../domain/parties/search/search-contacts.ts'
import { searchCustomers } from '../../../domain/parties/search/search-customers.ts'
import { type Route, route } from '../route.ts'
import { presentContact } from './contacts.ts'
import { presentCustomer } from './customers.ts'
import { presentPage, searchAnswer, searchBody } from './search-body.ts'

const rules =
  'The tree joins comparisons by and, or, not. An unset field is neither equal nor unequal to anything: ask for it with isNull. What would read more than a search may is refused with 422 `search.too-large`, which names what to narrow it by.'

/** The answer is presented as a whole: its type is that of the page, not of one row. */
const run = (search: unknown) => search as () => Promise<never>

export const searchRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/customers/search',
    summary: 'Search customers',
    operationId: 'searchCustomers',
    description: `By any field, in any order, with the exact total. text looks into names, short names, aliases and phones, and finds a customer by its contacts too. Of customers in a public pool only what the pool shows is searched. ${rules}`,
    permission: 'customers.read',
    readOnly: true,
    body: searchBody('Customers', Customer),
    response: searchAnswer('Customer', Customer),
    example: {
      body: {
        where: { and: [{ field: 'tags', op: 'contains', value: '展会' }, { not: { field: 'level', op: 'eq', value: 'small' } }] },
        sort: '-lastContactAt,name',
        fields: ['name', 'level', 'lastContactAt'],
      },
    },
    present: presentPage(Customer, presentCustomer),
    run: run(searchCustomers),
  }),
  route({
    method: 'POST',
    path: '/v1/contacts/search',
    summary: 'Search contacts',
    operationId: 'searchContacts',
    description: `Contacts of the customers that the caller sees, by any field. text looks into names, titles, e-mail addresses and phones. ${rules}`,
    permission: 'contacts.read',
    readOnly: true,
    body: searchBody('Contacts', Contact),
    response: searchAnswer('Contact', Contact),
    example: { body: { text: '王 138', where: { field: 'primary', op: 'eq', value: true }, sort: 'name' } },
    present: presentPage(Contact, presentContact),
    run: run(searchContacts),
  }),
  route({
    method: 'POST',
    path: '/v1/activities/search',
    summary: 'Search activities',
    operationId: 'searchActivities',
    description: `What the caller and those below have logged; all of the customers that customerId names. text looks into summary, outcome and place. Up to 10,000 activities are judged: give a span of at, a customerId or an authorId where there are more. ${rules}`,
    permission: 'activities.read',
    readOnly: true,
    body: searchBody('Activities', Activity),
    response: searchAnswer('Activity', Activity),
    example: {
      body: {
        text: '价格',
        where: {
          and: [
            { field: 'at', op: 'gte', value: 'today-30' },
            { field: 'kind', op: 'in', value: ['visit', 'call'] },
          ],
        },
      },
    },
    present: presentPage(Activity, (_ctx, activity: Activity) => activity),
    run: run(searchActivities),
  }),
]
