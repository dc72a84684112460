import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { customerPartition } from '../../parties/index.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import type { Write } from '../../store/write.ts'
import type { StatementAnswer, StatementDelivery, StatementPeriod } from './statement.ts'

/** One time that a statement was sent, with the closing balance that it had. */
export type StoredDelivery = Omit<StatementDelivery, 'closing'> & { closing: number }

/** How a statement was sent and answered. Its figures are never kept: they follow from the books. */
export interface StoredStatement {
  version: number
  deliveries: StoredDelivery[]
  answer?: StatementAnswer | undefined
}

/** So many deliveries of one statement are remembered, the latest ones. */
export const mostDeliveries = 20

/** Access pattern: what was sent and answered of a period; one get. */
export const statementKey = (customerId: string, { from, to, currency }: StatementPeriod): ItemKey => ({
  pk: customerPartition(customerId),
  sk: ['STM', to, from, currency],
})

export const blankStatement: StoredStatement = { version: 0, deliveries: [] }

/** Writes what became of a statement; fails as stale when somebody else did meanwhile. */
export function statementWrite(key: ItemKey, before: StoredStatement, after: Omit<StoredStatement, 'version'>): Write<void> {
  const Item = { entity: 'statement', schema: 1, ...after, version: before.version + 1 }
  const unchanged =
    before.version === 0
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: '#version = :version', names: { '#version': 'version' }, values: { ':version': before.version } }
  return {
    result: undefined,
    actions: (ctx: Context) => [{ ...itemKey(ctx, key), put: { Item }, ...unchanged, onFail: () => new StaleWrite() }],
  }
}
