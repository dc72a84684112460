import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantRange } from '../../kernel/instant-range.ts'
import { binding, cursorAt, type Filter, type ListInput, type ListSpec, type Page, positionOf, requireServed } from '../../kernel/paging.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { findInOrder } from '../../store/read.ts'
import { askedFor, askedPersons, whoseLists } from '../asked.ts'
import { pageByExternalId } from '../by-external-id.ts'
import { rowsInSight, visibleCustomer } from '../customer/access.ts'
import { customerPartition } from '../customer/customer.table.ts'
import { asThingsOf, rangesOf } from '../customer/partitions.ts'
import { dueRange, inRange } from '../due-range.ts'
import { followUps, followUpsIn, followUpsOf } from './follow-up.table.ts'
import { type FollowUp, FollowUpStatus } from './follow-up.ts'

const days = ['eq', 'lt', 'lte', 'gt', 'gte', 'between'] as const
const sorts = ['dueOn', '-dueOn', 'createdAt', '-createdAt'] as const

const isOpenOnly = (filter: Filter) => filter.status?.eq === 'open' && filter.status.in === undefined

/** What is open of a customer stands in the order of its days; the whole history in the order it was planned. */
const defaultSort = (filter: Filter) => (filter.customerId && !isOpenOnly(filter) ? '-createdAt' : 'dueOn')

export const followUpList = {
  filters: {
    status: ['eq', 'in'],
    ownerId: ['eq', 'in'],
    dueOn: days,
    customerId: ['eq'],
    createdAt: ['gte', 'lt', 'between'],
    externalId: ['eq'],
  },
  sorts,
  defaultSort,
} as const satisfies ListSpec

/** The list under one customer. */
export const customerFollowUpList = {
  filters: { status: ['eq'], ownerId: ['eq', 'in'], dueOn: days, createdAt: ['gte', 'lt', 'between'] },
  sorts,
  defaultSort: (filter) => defaultSort({ ...filter, customerId: {} }),
} as const satisfies ListSpec

/** The ways to read the list, by the filters that go together. What is open of a customer has its own check; here it is told of. */
const ofOneCustomer = [['customerId', 'createdAt'], ['customerId with status eq open with dueOn with ownerId']]
const ways = [['status', 'ownerId', 'dueOn'], ...ofOneCustomer, ['externalId']]

function requireSort(input: ListInput, served: readonly string[]): void {
  if (!served.includes(input.sort))
    throw new Problem('malformed', 'sort.unsupported', `With these filters the list sorts by ${served.join(', ')}, not by ${input.sort}.`)
}

function statusesOf(filter: Filter): FollowUpStatus[] {
  const asked = askedFor(filter, 'status') ?? FollowUpStatus.options
  const unknown = asked.find((status) => !FollowUpStatus.safeParse(status).success)
  if (unknown === undefined) return asked as FollowUpStatus[]
  throw new Problem('malformed', 'filter.invalid', `filter[status] wants one of ${FollowUpStatus.options.join(', ')}.`)
}

/** What is open of one customer: its item keeps them all, so nothing is read in vain and nothing is late. */
async function openOfCustomer(ctx: Context, customerId: string, input: ListInput): Promise<Page<FollowUp>> {
  requireServed(input.filter, [['customerId', 'status', 'dueOn', 'ownerId']])
  requireSort(input, ['dueOn', '-dueOn'])
  const bound = binding(ctx, 'follow-ups', input)
  const after = positionOf(ctx, bound, input.cursor)
  const customer = await visibleCustomer(ctx, customerId)
  const owners = askedPersons(ctx, input.filter, 'ownerId')
  const range = dueRange(input.filter)
  const descending = input.sort === '-dueOn'
  const keys = (customer.openFollowUps ?? [])
    .filter((open) => !owners || owners.includes(open.ownerId))
    .map((open) => ({ id: open.id, key: `${open.dueOn}#${open.id}` }))
    .filter(({ key }) => inRange(key, range) && (after === undefined || (descending ? key < after : key > after)))
  const shown = (descending ? keys.reverse() : keys).slice(0, input.limit)
  const ids = shown.map(({ id }) => id)
  const next = keys.length > shown.length ? cursorAt(ctx, bound, shown.at(-1)!.key) : null
  return { data: asThingsOf(customer, await findInOrder(ctx, followUps, ids)), page: { next } }
}

/** All that was ever planned with one customer, from its partitions. */
async function allOfCustomer(ctx: Context, customerId: string, input: ListInput): Promise<Page<FollowUp>> {
  requireServed(input.filter, ofOneCustomer)
  requireSort(input, ['-createdAt', 'createdAt'])
  const customer = await visibleCustomer(ctx, customerId)
  const span = instantRange(input.filter, 'createdAt', (instant) => `FUP#${firstIdAt('fup', instant)}`)
  const common = { prefix: ['FUP'], ...span, reverse: input.sort === '-createdAt' }
  const ranges = rangesOf(customer, (id) => ({ ...common, partition: customerPartition(id) }))
  const page = await listPage(ctx, 'follow-ups', ranges, input)
  const rows = page.data.map((item) => recordOf(followUps, item))
  return { ...page, data: asThingsOf(customer, rows) }
}

/**
 * Follow-ups by the day they fall due: everybody's (gsi1) or those of the persons the caller sees, merged (gsi2); of one
 * customer what is open, or all in the order of planning. By externalId at most one. What belongs to a customer out of
 * sight is left out. 400 `filter.unsupported` or `sort.unsupported` for what no index serves.
 */
export async function listFollowUps(ctx: Context, input: ListInput): Promise<Page<FollowUp>> {
  const { filter } = input
  const customerId = filter.customerId?.eq
  if (customerId !== undefined) return isOpenOnly(filter) ? openOfCustomer(ctx, customerId, input) : allOfCustomer(ctx, customerId, input)
  requireServed(filter, ways)
  if (filter.externalId?.eq !== undefined) return pageByExternalId(ctx, followUps, filter.externalId.eq)
  requireSort(input, ['dueOn', '-dueOn'])
  const statuses = statusesOf(filter)
  const whose = await whoseLists(ctx, filter, 'ownerId')
  const common = { ...dueRange(filter), reverse: input.sort === '-dueOn' }
  const ranges = statuses.flatMap((status): Range[] =>
    whose === 'all'
      ? [{ ...common, index: 'gsi1', partition: followUpsIn(status) }]
      : whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: followUpsOf(ownerId, status) })),
  )
  const page = await listPage(ctx, 'follow-ups', ranges, input)
  return {
    ...page,
    data: await rowsInSight(
      ctx,
      page.data.map((item) => recordOf(followUps, item)),
    ),
  }
}
