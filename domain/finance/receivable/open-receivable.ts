import { ReceivableOpened } from '../../../events/finance.ts'
import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { minor } from '../../kernel/money.ts'
import { commit } from '../../store/commit.ts'
import { itemKey } from '../../store/entity-definition.ts'
import type { Write } from '../../store/write.ts'
import { shareOfBase } from '../amount.ts'
import { changeCredit } from '../credit/credit-item.ts'
import { putOpen } from '../ledger/open-item.ts'
import { post } from '../ledger/posting.table.ts'
import type { PostingPart } from '../ledger/posting.ts'
import { receivables, shareKey } from './receivable.table.ts'
import type { Receivable } from './receivable.ts'

/** What a receivable's part in a posting says: so much more is owed of it, or less. */
export const partOf = (receivable: Receivable, amount: number, base: number): PostingPart => ({
  receivableId: receivable.id,
  amount,
  base,
  issuedOn: receivable.issuedOn,
  dueOn: receivable.dueOn,
})

/** Each share of an order or shipment is opened once: the second is stale, and finds the first when it is run again. */
const shareMark = (receivable: Receivable): Write[] => {
  const { source, id } = receivable
  if (!source) return []
  const actions: Write['actions'] = (ctx) => [
    {
      ...itemKey(ctx, shareKey(source)),
      put: { Item: { entity: 'receivable-share', ref: id } },
      condition: 'attribute_not_exists(pk)',
      onFail: () => new StaleWrite(),
    },
  ]
  return [{ result: undefined, actions }]
}

/** What of a receivable was settled before it is opened, as a part of the same posting. */
function settledParts(receivable: Receivable): PostingPart[] {
  const { amount, base, settled } = receivable
  return settled > 0 ? [partOf(receivable, -settled, -shareOfBase({ base, whole: minor(amount) }, settled))] : []
}

/** Opens a receivable in the books: itself, what is open, the customer's credit and the ledger, with `also` in one transaction. */
export async function openReceivable(ctx: Context, receivable: Receivable, also: readonly Write[] = []): Promise<Receivable> {
  const { id, customerId, ownerId, amount, base, number, issuedOn, dueOn } = receivable
  const { currency } = amount
  const owner = ownerId ? { ownerId } : {}
  const units = minor(amount)
  const parts = [partOf(receivable, units, base), ...settledParts(receivable)]
  const sum = (of: 'amount' | 'base') => parts.reduce((all, part) => all + part[of], 0)
  const writes: Write[] = [
    ...shareMark(receivable),
    putOpen(ctx.tenant.currency, { id, home: id, balance: sum('amount'), base: sum('base'), currency, issuedOn, dueOn, ...owner }),
    changeCredit(id, { receivable: sum('base') }),
    post(ctx, id, { on: issuedOn, kind: 'opening', customerId, currency, ...owner, parts }),
    ...also,
  ]
  const { orderId = null, shipmentId = null } = receivable
  const before = receivable.settled > 0 ? { settledBefore: receivable.settled } : {}
  const facts = { number, issuedOn, dueOn, amount: units, currency, base, orderId, shipmentId, ownerId: ownerId ?? null, ...before }
  return commit(ctx, [receivables.create(receivable), ...writes], [ReceivableOpened({ type: 'receivable', id, customerId }, facts)])
}
