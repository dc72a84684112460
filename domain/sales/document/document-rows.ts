import { userNames } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Money } from '../../kernel/money.ts'
import type { Page } from '../../kernel/paging.ts'
import type { Row } from '../../kernel/transfer-kind.ts'
import { customerNames, withCustomer } from '../../parties/index.ts'
import type { EntityDefinition, Stored } from '../../store/entity-definition.ts'
import { findMany } from '../../store/read.ts'
import { products } from '../product/product.table.ts'
import type { Product } from '../product/product.ts'

/** The rows of a list with what lists leave out, their lines; one BatchGet per fifty. */
export async function withDetails<T extends Stored & { customerId: string }>(
  ctx: Context,
  entity: EntityDefinition<T>,
  page: Page<T>,
): Promise<Page<T>> {
  const found = await findMany(
    ctx,
    page.data.map(({ id }) => ({ entity, id })),
  )
  return {
    ...page,
    data: page.data.flatMap((row) => (found.has(row.id) ? [{ ...(found.get(row.id) as T), customerId: row.customerId }] : [])),
  }
}

interface ShownLine {
  productId?: string | undefined
  gross: Money
}

interface Shown {
  customerId: string
  salesRepId?: string | undefined
  total: Money
  netTotal: Money
  deliverTo?: object | undefined
  discount?: { percent: string } | { amount: Money } | undefined
  lines: ShownLine[]
}

const plainOf = (record: object): Row => Object.fromEntries(Object.entries(record).filter(([, value]) => typeof value !== 'object')) as Row
const prefixed = (prefix: string, record: object = {}): Row =>
  Object.fromEntries(Object.entries(plainOf(record)).map(([name, value]) => [`${prefix}.${name}`, value]))

/** Documents as rows of a sheet: each line is one, with what the document says of itself. */
export async function documentRows(ctx: Context, records: object[]): Promise<Row[]> {
  const shown = records as Shown[]
  const ids = [...new Set(shown.flatMap(({ lines }) => lines.flatMap(({ productId }) => productId ?? [])))]
  const [names, people, found] = await Promise.all([
    customerNames(ctx, shown),
    userNames(ctx),
    findMany(
      ctx,
      ids.map((id) => ({ entity: products, id })),
    ),
  ])
  return shown.flatMap(({ total, netTotal, discount = {} as { percent?: string; amount?: Money }, deliverTo, lines, ...document }) => {
    const off = discount as { percent?: string; amount?: Money }
    const own: Row = {
      ...plainOf(document),
      ...withCustomer(names, document.customerId),
      ...prefixed('deliverTo', deliverTo),
      ...{ 'salesRep.name': people.get(document.salesRepId ?? '') ?? null, total: Number(total.amount), netTotal: Number(netTotal.amount) },
      ...{ documentDiscount: off.percent ?? null, discountAmount: off.amount ? Number(off.amount.amount) : null },
    }
    return lines.map((line): Row => {
      const sku = (found.get(line.productId ?? '') as Product | undefined)?.sku ?? null
      return { ...own, ...prefixed('line', line), 'line.sku': sku, 'line.amount': Number(line.gross.amount) }
    })
  })
}
