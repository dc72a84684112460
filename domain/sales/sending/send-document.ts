import type { PublishedEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { changedFields } from '../../kernel/resource.ts'
import { writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import type { Entity } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { type Channel, type Delivery, type SendDocument, wayOf } from './delivery.ts'

/** A document that can be sent to its customer. */
export interface Sendable extends Stored {
  customerId: string
  contactId?: string | undefined
  delivery?: StoredDelivery | undefined
  /** Counts what was agreed: another edition is another document. */
  edition?: number | undefined
}
export type StoredDelivery = Delivery & { edition?: number | undefined }

/** What tells one kind of document from the others where all are sent alike. */
export interface SendKind<R extends Sendable> {
  noun: string
  entity: Entity<R>
  /** The record as it is once it was sent; 409 when it cannot be. */
  sent(ctx: Context, record: R, day: string): R
  event(record: R, channel: Channel): PublishedEvent
}

/** What was said the last time, without when. */
function said({ at: _at, ...way }: StoredDelivery) {
  return way
}

/**
 * Sends a document: by mail with its PDF, which the consumer of the event delivers, by a link to pass on, or on paper. The same once
 * more is nothing new; with `again`, in another way, or after an amendment it goes out again. 422 `<noun>.no-recipient`.
 */
export async function sendDocument<R extends Sendable>(
  ctx: Context,
  { noun, entity, sent, event }: SendKind<R>,
  { id, again, ...asked }: SendDocument & { id: string },
): Promise<R> {
  const { record: before, customer } = await writableOfCustomer(ctx, entity, id)
  const { contactId, edition, delivery: former } = before
  const stepped = sent(ctx, before, today(ctx))
  const way = await wayOf(ctx, customer, asked, { noun, pointer: '/to', contactId })
  const delivery = { ...way, ...(edition === undefined ? {} : { edition }) }
  if (!again && former && changedFields(said(former), delivery).length === 0) return before
  const after: R = { ...stepped, delivery: { ...delivery, at: ctx.now() } }
  return commit(ctx, [entity.replace(ctx, before, after)], [event(after, way.channel)])
}
