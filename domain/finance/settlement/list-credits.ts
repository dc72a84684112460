import type { Context } from '../../kernel/context.ts'
import { type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { dueRange, idsOfDays, rangesOf, whoseLists } from '../../parties/index.ts'
import { type Entity, recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import { findGuarded } from '../../store/guard.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { customerOfBooks, rowsOfBooks } from '../access.ts'
import type { SourceRecord } from './source-kind.ts'

export const creditList = {
  filters: {
    customerId: ['eq'],
    ownerId: ['eq', 'in'],
    issuedOn: ['eq', 'lt', 'lte', 'gt', 'gte', 'between'],
    number: ['eq'],
    externalId: ['eq'],
  },
  sorts: ['-issuedOn', 'issuedOn'],
} as const satisfies ListSpec

const ways = [['ownerId', 'issuedOn'], ['customerId', 'issuedOn'], ['number'], ['externalId']]

type Credit = SourceRecord & { customerId: string }

async function rangesFor<S extends Credit>(ctx: Context, entity: Entity<S>, { filter, sort }: ListInput): Promise<Range[]> {
  const reverse = sort === '-issuedOn'
  const { prefix } = entity
  const list = prefix.toUpperCase()
  const name = String(entity.key(`${prefix}_0`).sk[0])
  if (filter.customerId?.eq !== undefined) {
    const customer = await customerOfBooks(ctx, filter.customerId.eq)
    const common = { prefix: [name], ...dueRange(filter, 'issuedOn', idsOfDays(prefix, `${name}#`)), reverse }
    return rangesOf(customer, (id) => ({ ...common, partition: entity.key(id).pk }))
  }
  const common = { ...dueRange(filter, 'issuedOn', idsOfDays(prefix)), reverse }
  const whose = await whoseLists(ctx, filter, 'ownerId')
  if (whose === 'all') return [{ ...common, index: 'gsi1', partition: [`${list}-ALL`] }]
  return whose.map((ownerId) => ({ ...common, index: 'gsi2', partition: [`${list}-OWNER`, ownerId] }))
}

/** Credit notes or write-offs by date of issue, the latest first unless asked otherwise; by number or externalId at most one. */
export async function listCredits<S extends Credit>(ctx: Context, entity: Entity<S>, numbers: string, input: ListInput): Promise<Page<S>> {
  const { number, externalId } = input.filter
  requireServed(input.filter, ways)
  if (number?.eq !== undefined || externalId?.eq !== undefined) {
    const id =
      number?.eq !== undefined ? await findGuarded(ctx, numbers, number.eq) : await findByExternalId(ctx, entity.type, externalId!.eq!)
    const record = id ? await find(ctx, entity, id) : undefined
    return { data: record ? await rowsOfBooks(ctx, [record]) : [], page: { next: null } }
  }
  const page = await listPage(ctx, `${entity.type}s`, await rangesFor(ctx, entity, input), input)
  const rows = page.data.map((item) => recordOf(entity, item))
  return { ...page, data: await rowsOfBooks(ctx, rows) }
}
