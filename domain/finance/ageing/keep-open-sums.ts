import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { partitionOf } from '../../kernel/ids.ts'
import { customers, partitionsOf } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { queryAll } from '../../store/query.ts'
import { find } from '../../store/read.ts'
import { readAlong } from '../../store/read-along.ts'
import { readItems } from '../../store/read-items.ts'
import type { Write } from '../../store/write.ts'
import { openIn, openItemOf } from '../ledger/open-item.ts'
import { addToSums, difference, type SumKey, shareKey, sumOpen } from './open-sums.ts'

/** What of the sums comes from a partition, as it was counted the last time. */
interface Share {
  version: number
  sums: Map<SumKey, number>
}

const noShare: Share = { version: 0, sums: new Map() }

/** As it is kept: `{ "CNY 2026-11": { "b25": 10000, "n25": 1 } }`. */
function shareOf(item: Record<string, unknown> | undefined): Share {
  if (!item) return noShare
  const sums = Object.entries(item.sums as Record<string, Record<string, number>>).flatMap(([at, numbers]) =>
    Object.entries(numbers).map(([name, value]) => [`${at} ${name}` as SumKey, Number(value)] as const),
  )
  return { version: Number(item.version), sums: new Map(sums) }
}

function shareWrite(home: string, { version }: Share, sums: ReadonlyMap<SumKey, number>): Write<void> {
  const kept: Record<string, Record<string, number>> = {}
  for (const [key, value] of sums) {
    const [currency, month, name] = key.split(' ') as [string, string, string]
    kept[`${currency} ${month}`] = { ...kept[`${currency} ${month}`], [name]: value }
  }
  const Item = { entity: 'open-sums', schema: 1, version: version + 1, sums: kept }
  const unchanged =
    version === 0
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } }
  return {
    result: undefined,
    actions: (ctx) => [{ ...itemKey(ctx, shareKey(home)), put: { Item }, ...unchanged, onFail: () => new StaleWrite() }],
  }
}

/** The same for what of a customer stands in one partition. */
export async function keepSumsOf(ctx: Context, home: string): Promise<void> {
  // One after the other: whoever notes what was open before others had noted theirs is stale, and counts again.
  const [found] = await readItems(ctx, [shareKey(home)], { consistent: true })
  const items = await queryAll(ctx, openIn(home), { consistent: true })
  const before = shareOf(found)
  const { currency } = ctx.tenant
  const sums = sumOpen(
    items.map((item) => openItemOf(item, currency)),
    currency,
  )
  const changes = difference(before.sums, sums)
  if (changes.size === 0) return
  await commit(ctx, [shareWrite(home, before, sums), ...addToSums(changes, ctx.newId('sum'))], [])
}

/**
 * Counts anew what of a customer is open, and what else stands in the partitions of `touched` (ids of anything in the books: a receipt
 * may have settled what is another customer's since a merge was undone), and adds what has changed to the sums of the tenant in one
 * transaction with the note of what was counted: news that comes twice, late or in another order ends in the same sums, and none is
 * counted twice.
 */
export async function keepOpenSums(ctx: Context, customerId: string, touched: readonly string[] = []): Promise<void> {
  const along = readAlong(ctx, [customers.key(customerId)])
  const done = new Set<string>()
  const keepAll = async (ids: readonly string[]) => {
    for (const home of ids) {
      if (done.has(partitionOf(home))) continue
      done.add(partitionOf(home))
      await keepSumsOf(along, home)
    }
  }
  // What is touched is known before the customer is: its other partitions are those of customers that became one with it.
  await keepAll(touched)
  const customer = await find(along, customers, customerId, { consistent: true })
  if (customer) await keepAll(partitionsOf(customer))
}
