import type { SQSBatchResponse } from 'aws-lambda'
import type { User } from '../../domain/identity/user/user.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { createContact, getContact } from '../../domain/parties/contact/change-contact.ts'
import type { Contact } from '../../domain/parties/contact/contact.ts'
import { createCustomer } from '../../domain/parties/customer/change-customer.ts'
import { queryAll } from '../../domain/store/query.ts'
import { systemActor } from '../../functions/runtime.ts'
import { firmName } from './firm-names.ts'
import { newTenant, type TestTenant } from './tenant.ts'

let count = 0

/** A tenant with somebody who writes to its customers' contacts. */
export interface MarketingWorld {
  tenant: TestTenant
  ctx: Context
  system: Context
  marketer: User
  /** A contact of a customer of its own, with an address of its own. */
  reader(more?: Record<string, unknown>): Promise<Contact>
  contact(id: string): Promise<Contact>
}

export async function marketingWorld(settings: Record<string, unknown> = {}): Promise<MarketingWorld> {
  const tenant = await newTenant({ name: 'Harbour Tools', locale: 'en', ...settings })
  const marketer = await tenant.user('marketer')
  const [admin, ctx] = await Promise.all([tenant.as(tenant.admin), tenant.as(marketer)])
  const reader = async (more: Record<string, unknown> = {}) => {
    count += 1
    const customer = await createCustomer(admin, { name: firmName() })
    return createContact(admin, { customerId: customer.id, name: `Reader ${count}`, email: `reader-${count}@harbour.example`, ...more })
  }
  return { tenant, ctx, system: { ...ctx, actor: systemActor }, marketer, reader, contact: (id) => getContact(admin, { id }) }
}

/** Hands messages to the handler of a queue, as SQS does. */
export const deliver = (handler: (event: never) => Promise<SQSBatchResponse>, ...bodies: unknown[]): Promise<SQSBatchResponse> =>
  handler({ Records: bodies.map((body, i) => ({ messageId: `m-${i}`, body: JSON.stringify(body) })) } as never)

/** Hands the events of a name to their consumer, as the bus would. */
export async function tell(ctx: Context, name: string, handler: (event: never) => Promise<SQSBatchResponse>): Promise<void> {
  const items = await queryAll(ctx, { index: 'gsi1', partition: ['EVT', name] })
  const events = items.map(({ id, name: type, version, at, actor, subject, customerId, data, requestId }) => ({
    source: 'guanxi',
    'detail-type': `${type}.v${version}`,
    detail: {
      id,
      name: type,
      version,
      tenantId: ctx.tenant.id,
      at,
      actor,
      subject,
      ...(customerId ? { customerId } : {}),
      data,
      requestId,
    },
  }))
  const { batchItemFailures } = await deliver(handler, ...events)
  if (batchItemFailures.length > 0) throw new Error(`The consumer of ${name} failed.`)
}
