import type { DeliveredEvent, PublishedEvent } from '../../events/define.ts'
import type { Context } from '../kernel/context.ts'
import { madeAt, partitionOf } from '../kernel/ids.ts'
import { itemKey } from './entity-definition.ts'
import { tenantKey } from './keys.ts'
import type { Action } from './write.ts'

/** The stored form of an event: outbox item, audit entry and, in a customer's partition, timeline entry. */
export interface OutboxItem extends DeliveredEvent {
  /** Of a tenant with campaigns that start from events. */
  mayStartCampaign?: true
}

/** Where events are found: a customer's in its partition, the others by kind of subject; all by name (gsi1) and actor (gsi2). */
export const outboxKeys = {
  customer: (customerId: string) => ['CUS', partitionOf(customerId)],
  subject: (type: string, id: string) => ['LOG', type, id],
  name: (name: string) => ['EVT', name],
  actor: (actorId: string) => ['EVTBY', actorId],
}

/** The put of one event. The stream publishes it; nothing is published in any other way. */
export function outboxAction(ctx: Context, event: PublishedEvent): Action {
  const id = ctx.newId('evt', event.customerId)
  const partition = event.customerId ? outboxKeys.customer(event.customerId) : outboxKeys.subject(event.subject.type, event.subject.id)
  const record: OutboxItem = {
    id,
    name: event.name,
    version: event.version,
    tenantId: ctx.tenant.id,
    // The very moment of the id, so that ranges of time are ranges of ids.
    at: new Date(madeAt(id)).toISOString(),
    actor: { kind: ctx.actor.kind, id: ctx.actor.id },
    subject: event.subject,
    ...(event.customerId ? { customerId: event.customerId } : {}),
    data: event.data,
    requestId: ctx.requestId,
    ...(ctx.tenant.marksEvents ? { mayStartCampaign: true } : {}),
  }
  const indexes = {
    gsi1pk: tenantKey(ctx, outboxKeys.name(event.name)),
    gsi1sk: id,
    gsi2pk: tenantKey(ctx, outboxKeys.actor(ctx.actor.id)),
    gsi2sk: id,
  }
  return { ...itemKey(ctx, { pk: partition, sk: ['EVT', id] }), put: { Item: { entity: 'event', schema: 1, ...indexes, ...record } } }
}
