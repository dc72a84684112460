import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { isId } from '../../kernel/ids.ts'
import { binding, cursorAt, type Filter, type ListInput, type ListSpec, type Page, positionOf, requireServed } from '../../kernel/paging.ts'
import { asThingsOf, type Customer, dueRange, idsOfDays, inRange, rangesOf, whoseLists } from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { customerOfBooks, rowsOfBooks } from '../access.ts'
import { openReceivablesOf } from '../ledger/read-open.ts'
import { receivablesByExternalId, receivablesByNumber, receivablesOf, receivablesOfIds } from './find-receivables.ts'
import {
  allReceivables,
  firstDueOn,
  type ListState,
  listStates,
  receivables,
  receivablesIn,
  receivablesOfOwner,
} from './receivable.table.ts'
import type { Receivable } from './receivable.ts'

const sorts = ['dueOn', '-dueOn'] as const
const dueOn = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const

export const receivableList = {
  filters: { customerId: ['eq'], ownerId: ['eq', 'in'], status: ['eq'], dueOn, orderId: ['eq'], number: ['eq'], externalId: ['eq'] },
  sorts,
} as const satisfies ListSpec

/** The list under one customer. */
export const customerReceivableList = { filters: { status: ['eq'], dueOn }, sorts } as const satisfies ListSpec

const ways = [['status', 'ownerId', 'dueOn'], ['customerId', 'dueOn', 'status eq open'], ['orderId'], ['number'], ['externalId']]
const statuses = ['open', 'overdue', 'settled'] as const

/** Of the two lists those that are asked for, and up to which day: what is overdue is open and was due before today. */
function asked(ctx: Context, filter: Filter): { states: readonly ListState[]; before?: string } {
  const status = filter.status?.eq
  if (status === undefined) return { states: listStates }
  if (status === 'overdue') return { states: ['open'], before: firstDueOn(today(ctx)) }
  if (status === 'open' || status === 'settled') return { states: [status] }
  throw new Problem('malformed', 'filter.invalid', `filter[status] wants one of ${statuses.join(', ')}.`)
}

/** `before` and the filter's own range together. */
function narrowed(range: { from?: string; to?: string }, before: string | undefined) {
  return before === undefined || (range.to !== undefined && range.to < before) ? range : { ...range, to: before }
}

/** What is open of one customer stands together: by due date, whatever partition it lies in. */
async function openOfCustomer(ctx: Context, customer: Customer, input: ListInput): Promise<Page<Receivable>> {
  const bound = binding(ctx, 'receivables', input)
  const after = positionOf(ctx, bound, input.cursor)
  const { before } = asked(ctx, input.filter)
  const range = narrowed(dueRange(input.filter, 'dueOn', idsOfDays('rcv')), before)
  const isReverse = input.sort === '-dueOn'
  const ids = (await openReceivablesOf(ctx, customer))
    .map(({ id }) => id)
    .filter((id) => inRange(id, range) && (after === undefined || (isReverse ? id < after : id > after)))
    .sort()
  if (isReverse) ids.reverse()
  const shown = ids.slice(0, input.limit)
  const next = ids.length > shown.length ? cursorAt(ctx, bound, shown.at(-1)!) : null
  return { data: asThingsOf(customer, await receivablesOfIds(ctx, shown)), page: { next } }
}

async function ofCustomer(ctx: Context, customerId: string, input: ListInput): Promise<Page<Receivable>> {
  requireServed(input.filter, [['customerId', 'dueOn', 'status']])
  const customer = await customerOfBooks(ctx, customerId)
  const { states } = asked(ctx, input.filter)
  if (states.length === 1 && states[0] === 'open') return openOfCustomer(ctx, customer, input)
  if (states.length === 1)
    throw new Problem(
      'malformed',
      'filter.unsupported',
      'Of one customer the list has all receivables, or with status open or overdue what is owed.',
    )
  const common = { ...dueRange(input.filter, 'dueOn', idsOfDays('rcv', 'RCV#')), reverse: input.sort === '-dueOn' }
  const page = await listPage(
    ctx,
    'receivables',
    rangesOf(customer, (id) => ({ ...receivablesIn(id), ...common })),
    input,
  )
  return {
    ...page,
    data: asThingsOf(
      customer,
      page.data.map((item) => recordOf(receivables, item)),
    ),
  }
}

/**
 * Receivables by due date, the first one due first unless asked otherwise: of all (gsi1), of the owners the caller sees,
 * merged (gsi2), of one customer or order; by number or externalId at most one. Those of customers out of sight are left out.
 */
export async function listReceivables(ctx: Context, input: ListInput): Promise<Page<Receivable>> {
  const { filter } = input
  if (filter.customerId?.eq !== undefined) return ofCustomer(ctx, filter.customerId.eq, input)
  requireServed(filter, ways)
  const { externalId } = filter
  if (externalId?.eq !== undefined)
    return { data: await rowsOfBooks(ctx, await receivablesByExternalId(ctx, externalId.eq)), page: { next: null } }
  const few = filter.orderId?.eq ?? filter.number?.eq
  if (few !== undefined) {
    const rows = filter.number ? await receivablesByNumber(ctx, few) : isId('ord', few) ? await receivablesOf(ctx, few) : []
    const inOrder = input.sort === '-dueOn' ? rows.reverse() : rows
    return { data: await rowsOfBooks(ctx, inOrder), page: { next: null } }
  }
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const { states, before } = asked(ctx, filter)
  const common = { ...narrowed(dueRange(filter, 'dueOn', idsOfDays('rcv')), before), reverse: input.sort === '-dueOn' }
  const ranges = states.flatMap((state): Range[] =>
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: allReceivables(state) }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: receivablesOfOwner(ownerId, state) })),
  )
  const page = await listPage(ctx, 'receivables', ranges, input)
  const rows = page.data.map((item) => recordOf(receivables, item))
  return { ...page, data: await rowsOfBooks(ctx, rows) }
}
