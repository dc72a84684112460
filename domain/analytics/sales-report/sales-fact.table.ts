import type { Context } from '../../kernel/context.ts'
import { cardAttribute } from '../../store/card.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { readRaw } from '../../store/raw.ts'
import { tryWrite } from '../../store/try-write.ts'
import { packFact, type SalesFact, unpackFact } from './sales-fact.ts'

const bases = ['ordered', 'shipped'] as const
type Counted = (typeof bases)[number]

const partitionOf = (basis: Counted) => ['SALES', basis]
export const factPartitions = bases.map(partitionOf)

/** What stands for a document that adds nothing any more, so that what is known of an older state cannot come back. */
const nothing = ''

/**
 * Access pattern: one fact for each order, shipment and return, by day. It is what the document says at a version: facts
 * of older versions never take its place, so that events may come late, twice and in any order. 1 WRU.
 */
export async function putFact(
  ctx: Context,
  basis: Counted,
  document: { id: string; on: string; version: number },
  fact: SalesFact | undefined,
): Promise<void> {
  await tryWrite(ctx, {
    ...itemKey(ctx, { pk: partitionOf(basis), sk: [document.on, document.id] }),
    put: { Item: { [cardAttribute]: fact ? packFact(fact) : nothing, v: document.version } },
    condition: 'attribute_not_exists(#v) OR #v <= :v',
    names: { '#v': 'v' },
    values: { ':v': document.version },
  })
}

interface RawFact {
  sk: { S: string }
  c: { S: string }
}

/** Access pattern: the facts of some days; one Query, 0.03 RRU for each fact. */
export async function readFacts(
  ctx: Context,
  basis: Counted,
  { from, to }: { from: string; to: string },
  take: (fact: SalesFact) => void,
): Promise<void> {
  const takePage = (page: RawFact[]) => {
    for (const { sk, c } of page) if (c.S !== nothing) take(unpackFact(sk.S.slice(0, 10), c.S))
  }
  await readRaw<RawFact>(ctx, partitionOf(basis), ['sk', cardAttribute], takePage, { from, to: `${to}\uffff` })
}
