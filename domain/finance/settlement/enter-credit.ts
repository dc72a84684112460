import type { NumberKind } from '../../identity/index.ts'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { datedId } from '../../kernel/ids.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { type Money, minor } from '../../kernel/money.ts'
import { type Customer, creditKey } from '../../parties/index.ts'
import { numberFor } from '../../platform/index.ts'
import { readAlong } from '../../store/read-along.ts'
import { newRecord } from '../../store/record.ts'
import { customerOfBooks } from '../access.ts'
import { booked } from '../amount.ts'
import { holdOwnerAlong } from '../credit/hands.ts'
import type { Posting } from '../ledger/posting.ts'
import { requireOwnDocuments } from '../own-documents.ts'
import { requireOpenDate } from '../period.ts'
import { planAllocations, type Share, type Wish } from './plan-allocations.ts'
import { enter, type Settled } from './settle.ts'
import type { SourceRecord } from './source-kind.ts'

interface CreditInput extends Pick<Wish, 'allocations' | 'allocate'> {
  customerId: string
  issuedOn: string
  amount: Money
  exchangeRate?: string | null | undefined
  number?: string | null | undefined
  orderId?: string | null | undefined
  shipmentId?: string | null | undefined
}

interface NewCredit<S> {
  prefix: string
  number: NumberKind
  posting: Posting['kind']
  input: CreditInput
  /** Refuses what the noun does not allow of its allocations. */
  check?(shares: Share[]): void
  /** Fields of the noun itself. */
  own: Partial<S>
}

/** A credit note or write-off as it comes into the books, by the same rules as money does. 422 `<noun>.foreign-document`, 404 `order.not-found`, `shipment.not-found`. */
export async function enterCredit<S extends SourceRecord>(
  ctx: Context,
  { prefix, number: kind, posting, input, check, own }: NewCredit<S>,
) {
  const { issuedOn, amount, exchangeRate, allocations, allocate, orderId } = input
  const tenant = await readTenant(ctx)
  requireOpenDate(ctx, tenant, issuedOn, '/issuedOn')
  const rate = booked(ctx, amount, exchangeRate)
  const along = readAlong(ctx, [creditKey(input.customerId)])
  const customer: Customer = await customerOfBooks(along, input.customerId, { pointer: '/customerId', toPost: true })
  await requireOwnDocuments(ctx, customer, input, `${posting}.foreign-document`)
  const total = minor(amount)
  const wish = { customer, tenant, on: issuedOn, currency: amount.currency, available: total, orderId: orderId ?? undefined }
  const shares = await planAllocations(ctx, { ...wish, allocations, allocate })
  check?.(shares)
  const record = newRecord(ctx, prefix, customer.id)
  const source = {
    ...record,
    ...compact(own),
    ...rate,
    id: datedId(record.id, issuedOn),
    amount,
    customerId: customer.id,
    ...(customer.ownerId ? { ownerId: customer.ownerId } : {}),
    number: await numberFor(ctx, kind, issuedOn, input.number),
    total,
    allocations: [],
  } as unknown as S
  const held = await holdOwnerAlong(along, customer, input.customerId)
  const settled: Settled<S> = enter(ctx, posting, { customer, source, issuedOn }, shares)
  return { customer, shares, after: settled.after, writes: [...settled.writes, held] }
}
