import type { Context } from '../../../domain/kernel/context.ts'
import { CustomerSummary } from '../../../domain/parties/customer/customer-summary.ts'
import { type Summary, summariseCustomer } from '../../../domain/parties/customer/summarise-customer.ts'
import { listTimeline, timelineList } from '../../../domain/parties/timeline/list-timeline.ts'
import { TimelineEntry } from '../../../domain/parties/timeline/timeline.ts'
import { route } from '../route.ts'
import { presentContact } from './contacts.ts'
import { presentCustomer } from './customers.ts'

/** Its parts are shown as they are by themselves. */
const present = (ctx: Context, summary: Summary) => ({
  ...summary,
  customer: presentCustomer(ctx, summary.customer),
  contacts: summary.contacts?.map((contact) => presentContact(ctx, contact)) ?? null,
})

export const customerViewRoutes = [
  route({
    method: 'GET',
    path: '/v1/customers/{id}/summary',
    summary: 'A customer at a glance',
    description: 'The customer with its owner, contacts, latest activities and open follow-ups (360°).',
    permission: 'customers.read',
    response: CustomerSummary,
    present,
    run: summariseCustomer,
  }),
  route({
    method: 'GET',
    path: '/v1/customers/{id}/timeline',
    summary: 'The timeline of a customer',
    description: 'Everything that happened to the customer and what belongs to it, newest first.',
    permission: 'customers.read',
    list: timelineList,
    response: TimelineEntry,
    run: listTimeline,
  }),
]
