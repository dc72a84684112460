import { StatementSent } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { changedFields } from '../../kernel/merge-patch.ts'
import { commit } from '../../store/commit.ts'
import { wayOf } from '../sending/delivery.ts'
import { openStatement, shownStatement } from './read-statement.ts'
import { mostDeliveries, type StoredDelivery, statementKey, statementWrite } from './statement.table.ts'
import type { SendStatement, Statement } from './statement.ts'

/**
 * Sends the statement of a period: by mail with the PDF, which the consumer of the event delivers, by a link to pass on, or on
 * paper. The same once more, with the same closing balance, is nothing new unless `again` says so. 422 `statement.no-recipient`.
 */
export async function sendStatement(ctx: Context, { id, again, ...asked }: SendStatement & { id: string }): Promise<Statement> {
  const { from, to, currency } = asked
  const opened = await openStatement(
    ctx,
    { id, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(currency ? { currency } : {}) },
    { toPost: true },
  )
  const { customer, period, account, stored } = opened
  const { channel, recipients, subject: heading, message } = asked
  const said = { channel: channel ?? 'email', to: recipients, subject: heading, message }
  const way = { ...(await wayOf(ctx, customer, said, { noun: 'statement', pointer: '/recipients' })), closing: account.closing }
  const [latest] = stored.deliveries
  if (latest && !again) {
    const { id: _id, at: _at, by: _by, ...before } = latest
    if (changedFields(before, way).length === 0) return shownStatement(ctx, opened)
  }
  const delivery: StoredDelivery = { id: ctx.newId('stm', customer.id), at: ctx.now(), by: ctx.actor.id, ...way }
  const { version, ...kept } = stored
  const after = { ...kept, deliveries: [delivery, ...stored.deliveries].slice(0, mostDeliveries) }
  const subject = { type: 'statement', id: delivery.id, customerId: customer.id }
  const event = StatementSent(subject, { ...period, channel: way.channel, closing: way.closing })
  const result = await shownStatement(ctx, { ...opened, stored: { ...after, version: version + 1 } })
  return commit(ctx, [statementWrite(statementKey(customer.id, period), stored, after)], [event], {
    result,
  }) as Promise<unknown> as Promise<Statement>
}
