import type { Context } from '../../../domain/kernel/context.ts'
import { CustomerSummary } from '../../../domain/parties/customer/customer-summary.ts'
import { type Summary, summariseCustomer } from '../../../domain/parties/customer/summarise-customer.ts'
import { listTimeline, timelineList } from '../../../domain/parties/timeline/list-timeline.ts'
import { TimelineEntry } from '../../../domain/parties/timeline/timeline.ts'
import { businessFields } from '../../../domain/sales/business/business.ts'
import { readBusiness } from '../../../domain/sales/business/read-business.ts'
import { route } from '../route.ts'
import { presentContact } from './contacts.ts'
import { presentCustomer } from './customers.ts'

const Glance = CustomerSummary.extend(businessFields).meta({ id: 'CustomerSummary' })

/** The customer and its people, then the business with it: parties know nothing of sales, so it is put together here. */
async function atAGlance(ctx: Context, input: { id: string }) {
  const summary = await summariseCustomer(ctx, input)
  return { ...summary, ...(await readBusiness(ctx, summary.customer)) }
}

/** Its parts are shown as they are by themselves. */
const present = (ctx: Context, summary: Summary & Awaited<ReturnType<typeof readBusiness>>) => ({
  ...summary,
  customer: presentCustomer(ctx, summary.customer),
  contacts: summary.contacts?.map((contact) => presentContact(ctx, contact)) ?? null,
})

export const customerViewRoutes = [
  route({
    method: 'GET',
    path: '/v1/customers/{id}/summary',
    summary: 'A customer at a glance',
    description:
      'The customer with its owner, contacts, latest activities and open follow-ups, its latest quotes, orders and shipments, and what it owes (360°).',
    permission: 'customers.read',
    response: Glance,
    present,
    run: atAGlance,
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
