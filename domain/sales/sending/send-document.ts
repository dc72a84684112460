import type { PublishedEvent } from '../../../events/define.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import { writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import type { Entity } from '../../store/entity.ts'
import type { Stored } from '../../store/entity-definition.ts'
import { type SendDocument, type StoredDelivery, wayOf } from './delivery.ts'

/** A document that can be sent to its customer. */
interface Sendable extends Stored {
  customerId: string
  contactId?: string | undefined
  delivery?: StoredDelivery | undefined
  /** How it went before that, the latest first: their mails may still be on their way. */
  formerDeliveries?: StoredDelivery[] | undefined
  /** Counts what was agreed: another edition is another document. */
  edition?: number | undefined
}

/** So many sends may wait for their mails at once. */
const mostFormer = 9

/** What tells one kind of document from the others where all are sent alike. */
export interface SendKind<R extends Sendable> {
  noun: string
  entity: Entity<R>
  /** The record as it is once it was sent; 409 when it cannot be. */
  sent(ctx: Context, record: R, day: string): R
  event(record: R, delivery: StoredDelivery): PublishedEvent
}

/** What was said the last time, without when. */
function said({ at: _at, send: _send, ...way }: StoredDelivery) {
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
  const { contactId, edition, delivery: former, formerDeliveries = [] } = before
  const stepped = sent(ctx, before, today(ctx))
  const way = await wayOf(ctx, customer, asked, { noun, pointer: '/to', contactId })
  const asIs = { ...way, ...(edition === undefined ? {} : { edition }) }
  if (!again && former && changedFields(said(former), asIs).length === 0) return before
  const delivery: StoredDelivery = { ...asIs, at: ctx.now(), send: (former?.send ?? 0) + 1 }
  const kept = former ? { formerDeliveries: [former, ...formerDeliveries].slice(0, mostFormer) } : {}
  const after: R = { ...stepped, ...kept, delivery }
  return commit(ctx, [entity.replace(ctx, before, after)], [event(after, delivery)])
}
