import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { outboxKeys } from '../../store/outbox.ts'
import { queryPage } from '../../store/query.ts'

/** What is the first of anything that carries amounts of the firm's currency, or a rate to it. */
const begins = ['quote.created', 'order.created', 'shipment.created', 'receivable.opened', 'receipt.recorded', 'credit-note.issued']

/**
 * 409 `tenant.currency-in-use` once there was a document or a posting: their rates and all balances are in the currency of the
 * books, which another one would rename and not convert. A query of the audit trail for each kind, when the currency is changed.
 */
export async function requireNoBooks(ctx: Context): Promise<void> {
  const first = (name: string) => queryPage(ctx, { index: 'gsi1', partition: outboxKeys.name(name) }, { limit: 1 })
  const found = await Promise.all(begins.map(first))
  if (found.every(({ items }) => items.length === 0)) return
  const message = 'The books are kept in this currency since the first document. Post in another one with its exchangeRate.'
  throw new Problem('conflict', 'tenant.currency-in-use', message, {
    errors: [{ pointer: '/currency', code: 'tenant.currency-in-use', message }],
  })
}
