import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import { type ReadOptions, readItems } from '../../store/read-items.ts'
import { tryWrite } from '../../store/try-write.ts'
import type { Write } from '../../store/write.ts'
import type { OpenBalances, OpenChange } from '../ledger/open-change.ts'
import { type CountedMonth, isNothing, type MonthEnd, type MonthEnds } from './month-end.ts'

const [deflated, inflated] = [promisify(deflateRaw), promisify(inflateRaw)]

/** So many balances to an item: 20 to 30 bytes each. */
const balancesOfChunk = 4_000

/** Access pattern: what is known of all months; one get. */
export const monthEndsKey: ItemKey = { pk: ['MONTH-ENDS'], sk: ['MONTH-ENDS'] }
export const monthEndPartition = ['MONTH-END']

/** Access pattern: the end of a month as it was counted up to a moment; one get for 4,000 balances. */
const chunkKey = (month: string, cut: string, chunk: number): ItemKey => ({
  pk: monthEndPartition,
  sk: [month, cut, String(chunk).padStart(4, '0')],
})

const keysOf = (month: string, { cut, chunks }: MonthEnd): ItemKey[] =>
  Array.from({ length: chunks }, (_, chunk) => chunkKey(month, cut, chunk))

/** What is known of all months; undefined when none was counted yet. */
export async function readMonthEnds(ctx: Context, options: ReadOptions = {}): Promise<MonthEnds | undefined> {
  const [found] = await readItems(ctx, [monthEndsKey], options)
  if (!found) return undefined
  const { pk: _pk, sk: _sk, entity: _entity, schema: _schema, ...ends } = found
  return ends as unknown as MonthEnds
}

/** Part of a commit: what is known from now on. Stale when somebody else has written it meanwhile. */
export const monthEndsWrite = ({ version, ...ends }: MonthEnds): Write<void> => ({
  result: undefined,
  actions: (ctx) => {
    const unchanged =
      version === 0
        ? { condition: 'attribute_not_exists(pk)' }
        : { condition: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } }
    const Item = { entity: 'month-ends', schema: 1, version: version + 1, ...ends }
    return [{ ...itemKey(ctx, monthEndsKey), put: { Item }, ...unchanged, onFail: () => new StaleWrite() }]
  },
})

const packed = (value: unknown): Promise<Buffer> => deflated(JSON.stringify(value))

async function unpacked<T>(bytes: unknown): Promise<T> {
  return JSON.parse(((await inflated(bytes as Uint8Array)) as Buffer).toString('utf8'))
}

/** Writes what is open at the end of a month; writing the same again changes nothing. */
export async function writeMonth(ctx: Context, month: string, cut: string, { open, strays }: CountedMonth): Promise<MonthEnd> {
  const rows = [...open.values()]
    .filter((balance) => !isNothing(balance))
    .map(({ kind, id, partition, currency, amount, balance, issuedOn, dueOn }) => [
      kind === 'receivable' ? 1 : 0,
      id,
      partition,
      currency,
      amount,
      balance,
      issuedOn,
      dueOn,
    ])
  const end = { cut, chunks: Math.max(1, Math.ceil(rows.length / balancesOfChunk)) }
  for (const [chunk, key] of keysOf(month, end).entries()) {
    const z = await packed(rows.slice(chunk * balancesOfChunk, (chunk + 1) * balancesOfChunk))
    const more = chunk === 0 && strays.length > 0 ? { strays: await packed(strays) } : {}
    await tryWrite(ctx, { ...itemKey(ctx, key), put: { Item: { z, ...more } } })
  }
  return end
}

type Row = [isReceivable: number, ...rest: [string, string, string, number, number, string, string]]

/** The end of a month as it was written; undefined when it was deleted meanwhile. */
export async function readMonth(ctx: Context, month: string, end: MonthEnd): Promise<CountedMonth | undefined> {
  const chunks = await readItems(ctx, keysOf(month, end))
  const open: OpenBalances = new Map()
  for (const chunk of chunks) {
    if (!chunk) return undefined
    for (const [isReceivable, id, partition, currency, amount, balance, issuedOn, dueOn] of await unpacked<Row[]>(chunk.z))
      open.set(id, { id, kind: isReceivable ? 'receivable' : 'credit', partition, currency, amount, balance, issuedOn, dueOn })
  }
  const strays = chunks[0]?.strays ? await unpacked<OpenChange[]>(chunks[0].strays) : []
  return { open, strays }
}

/** The changes of a month by postings that stand under a later one, as they were counted. */
export async function readStrays(ctx: Context, month: string, end: MonthEnd): Promise<OpenChange[]> {
  const [first] = await readItems(ctx, keysOf(month, end).slice(0, 1), { consistent: true })
  return first?.strays ? unpacked<OpenChange[]>(first.strays) : []
}

/** Deletes what nobody reads any more. */
export async function deleteMonth(ctx: Context, month: string, end: MonthEnd): Promise<void> {
  for (const key of keysOf(month, end)) await tryWrite(ctx, { ...itemKey(ctx, key), delete: true })
}
