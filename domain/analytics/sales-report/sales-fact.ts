/** What orders and shipments add to sales: one fact for each document, without tax, in minor units. */

export const salesBases = ['ordered', 'shipped', 'received'] as const

export interface SalesLine {
  /** null for a line that was typed. */
  productId: string | null
  /** In the currency of the books. */
  amount: number
  /** Amount less what it cost; null where that is not known. */
  margin: number | null
}

export interface SalesFact {
  /** The business date. */
  on: string
  /** The partition of the customer; empty while nobody knows whose it is. */
  partition: string
  repId: string | null
  region: string | null
  /** The document's own currency, and its amount in that. */
  currency: string
  own: number
  /** What it comes to in the currency of the books: the sum of the lines. */
  amount: number
  lines: SalesLine[]
}

/** Lines of one product are one. */
export function byProduct(lines: readonly SalesLine[]): SalesLine[] {
  const found = new Map<string | null, SalesLine>()
  for (const { productId, amount, margin } of lines) {
    const sum = found.get(productId) ?? { productId, amount: 0, margin: null }
    sum.amount += amount
    if (margin !== null) sum.margin = (sum.margin ?? 0) + margin
    found.set(productId, sum)
  }
  return [...found.values()]
}

type Packed = [
  partition: string,
  repId: string | null,
  region: string | null,
  currency: string,
  own: number,
  amount: number,
  lines: [string | null, number, number | null][],
]

/** As it is stored, in few bytes: a year of sales is read in one go. */
export const packFact = ({ partition, repId, region, currency, own, amount, lines }: SalesFact): string =>
  JSON.stringify([
    partition,
    repId,
    region,
    currency,
    own,
    amount,
    byProduct(lines).map(({ productId, amount, margin }) => [productId, amount, margin]),
  ] satisfies Packed)

/** A stored text as the fact that it is; `on` stands in its key. */
export function unpackFact(on: string, text: string): SalesFact {
  const [partition, repId, region, currency, own, amount, lines] = JSON.parse(text) as Packed
  return {
    on,
    partition,
    repId,
    region,
    currency,
    own,
    amount,
    lines: lines.map(([productId, sum, margin]) => ({ productId, amount: sum, margin })),
  }
}

interface Address {
  kind: string
  country?: string | null | undefined
  province?: string | null | undefined
}

/** Where a customer buys: the province or country of its delivery address, else of its office, else of any; `CN 广东`, `DE`. */
export function regionOf(addresses: readonly Address[] = []): string | null {
  const known = addresses.filter(({ country, province }) => country || province)
  const address = known.find(({ kind }) => kind === 'delivery') ?? known.find(({ kind }) => kind === 'office') ?? known[0]
  return address ? [address.country, address.province].filter(Boolean).join(' ') : null
}
