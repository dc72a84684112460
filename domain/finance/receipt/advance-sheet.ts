import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { binding, cursorAt, type ListInput, type Page, positionOf } from '../../kernel/paging.ts'
import type { TransferKind, Values } from '../../kernel/transfer-kind.ts'
import { findInOrder } from '../../store/read.ts'
import { openOfAll } from '../ledger/read-open.ts'
import { receiptKind } from '../record-kinds.ts'
import { customerLink } from '../sheet-links.ts'
import { receipts } from './receipt.table.ts'
import type { Receipt } from './receipt.ts'
import { receiptsInSight } from './receipt-access.ts'
import { advanceColumns } from './receipt-columns.ts'
import { receiptSheet } from './receipt-sheet.ts'
import { commonOf } from './receipt-values.ts'

async function compose(ctx: Context, values: Values, current?: Receipt): Promise<Record<string, unknown>> {
  const [common, customerId] = [await commonOf(ctx, values, current), await customerLink(ctx, values)]
  if (!customerId && !current) throw invalid('advance.customer-missing', '/customer.name', 'An advance is of a customer: name whose it is.')
  return { ...common, ...(customerId && !current ? { customerId } : {}) }
}

/** Receipts of which something settles nothing yet, the first received first: they are among what is open. */
async function listAdvances(ctx: Context, input: ListInput): Promise<Page<Receipt>> {
  const bound = binding(ctx, 'advances', input)
  const after = positionOf(ctx, bound, input.cursor) ?? ''
  const ids = (await openOfAll(ctx)).map(({ id }) => id).filter((id) => id.startsWith('rct_') && id > after)
  const some = ids.sort().slice(0, input.limit)
  const rows = await findInOrder(ctx, receipts, some)
  return { data: await receiptsInSight(ctx, rows), page: { next: ids.length > some.length ? cursorAt(ctx, bound, some.at(-1)!) : null } }
}

/** Deposits of customers (预收) that were paid before: receipts without allocation, earmarked for an order where they were paid for one. */
export const advanceSheet: TransferKind<Receipt> = {
  ...receiptSheet,
  kind: { ...receiptKind, name: 'advances' },
  label: { en: 'Advances', 'zh-CN': '预收款' },
  fields: advanceColumns,
  required: [['customer.id', 'customer.externalId', 'customer.name'], ['receivedOn'], ['amount']],
  passesOver: () => false,
  compose,
  apartBy: ['customer.id', 'customer.externalId', 'customer.name'],
  list: { spec: { filters: {}, sorts: ['receivedOn'] }, read: listAdvances },
}
