import { type MoneyReceived, receivables } from '../../finance/index.ts'
import type { Context } from '../../kernel/context.ts'
import { isId } from '../../kernel/ids.ts'
import { allocate } from '../../kernel/money.ts'
import { orders, shipments } from '../../sales/index.ts'
import { findMany } from '../../store/read.ts'
import { byProduct, type SalesLine } from './sales-fact.ts'

/** What is owed by a receivable: goods, by what they came to with tax. */
interface Good {
  productId: string | null
  gross: number
}

interface Owed {
  orderId?: string
  shipmentId?: string
}
interface Documented {
  lines: { productId?: string; orderId?: string; gross: number }[]
}

async function foundById<T>(ctx: Context, wanted: Parameters<typeof findMany>[1]): Promise<Map<string, T>> {
  return (await findMany(ctx, wanted)) as Map<string, unknown> as Map<string, T>
}

/** The goods that receivables are owed for: of a shipment those of the same order, of instalments those of the order. */
async function goodsOf(ctx: Context, ids: readonly string[]): Promise<(receivableId: string) => Good[]> {
  const owed = await foundById<Owed>(
    ctx,
    ids.map((id) => ({ entity: receivables, id })),
  )
  const documentIds = new Set([...owed.values()].flatMap(({ shipmentId, orderId }) => shipmentId ?? orderId ?? []))
  const documents = await foundById<Documented>(
    ctx,
    [...documentIds].map((id) => ({ entity: isId('shp', id) ? shipments : orders, id })),
  )
  return (receivableId) => {
    const { shipmentId, orderId } = owed.get(receivableId) ?? {}
    const { lines } = documents.get(shipmentId ?? orderId ?? '') ?? { lines: [] }
    const own = shipmentId ? lines.filter((line) => line.orderId === orderId) : lines
    return own.map(({ productId, gross }) => ({ productId: productId ?? null, gross }))
  }
}

/** A part of the money over the goods it paid for; of no product where nothing is known of them. */
function spread(amount: number, goods: readonly Good[]): SalesLine[] {
  const known = goods.length > 0 ? goods : [{ productId: null, gross: 1 }]
  const amounts = allocate(
    amount,
    known.map(({ gross }) => gross),
  )
  return known.map(({ productId }, i) => ({ productId, amount: amounts[i]!, margin: null }))
}

/**
 * Money received as lines of products, in the currency of the books: spread by what the receipt settles by now over the goods that
 * this is owed for, with tax. What settles nothing, and what is owed from elsewhere, is of no product. All lines sum to the money.
 */
export async function receivedGoods(ctx: Context, received: readonly MoneyReceived[]): Promise<SalesLine[][]> {
  const ids = new Set(received.flatMap(({ settles }) => settles.map(({ receivableId }) => receivableId)))
  const goods = await goodsOf(ctx, [...ids])
  return received.map(({ base, settles, rest }) => {
    const [unused = 0, ...parts] = allocate(base, [rest, ...settles.map(({ units }) => units)])
    const lines = settles.flatMap(({ receivableId }, i) => spread(parts[i]!, goods(receivableId)))
    return byProduct([...lines, ...(unused === 0 && lines.length > 0 ? [] : spread(unused, []))])
  })
}
