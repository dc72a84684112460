import type { Context } from '../../kernel/context.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import type { KeyParts } from '../../store/keys.ts'
import { queryAll } from '../../store/query.ts'
import { type Tried, tryWrite } from '../../store/try-write.ts'
import type { Action, Write } from '../../store/write.ts'
import { code, type DeliveryPage, givenBack, inSeconds, pageOf, type SkipCode } from './page.ts'

/** Blocks of one partition: 2,000 deliveries in about 200 KB, so that statistics read few partitions, and none is written too often. */
const blocksPerPartition = 20

const padded = (block: number) => String(block).padStart(6, '0')
const partitionOf = (campaignId: string, block: number) => ['DLV', campaignId, String(Math.floor(block / blocksPerPartition))]

/** The partitions of a campaign's first pages. */
export const pagePartitions = (campaignId: string, pages: number): KeyParts[] =>
  Array.from({ length: Math.ceil(pages / 10 / blocksPerPartition) }, (_, i) => partitionOf(campaignId, i * blocksPerPartition))

/** A page of ten deliveries; at most 1 KB with all that becomes of them, so that every write is one unit. */
export const pageKey = (campaignId: string, block: number, page: number): ItemKey => ({
  pk: partitionOf(campaignId, block),
  sk: [padded(block), String(page)],
})

/** Access pattern: the pages of a block, consistent; 1 query, 3 RRU. */
export async function blockPages(ctx: Context, campaignId: string, block: number): Promise<Map<number, DeliveryPage>> {
  const items = await queryAll(ctx, { partition: partitionOf(campaignId, block), prefix: [padded(block)] }, { consistent: true })
  return new Map(items.map((item) => [Number(String(item.sk).at(-1)), pageOf(item)]))
}

/** Access pattern: all pages of a campaign from a block on, in order; 1 query per 2,000 deliveries, 25 RRU. */
export async function* campaignPages(ctx: Context, campaignId: string, audience: number, fromBlock = 0) {
  const blocks = Math.ceil(audience / 100)
  for (let block = fromBlock - (fromBlock % blocksPerPartition); block < blocks; block += blocksPerPartition) {
    const from = padded(Math.max(block, fromBlock))
    for (const item of await queryAll(ctx, { partition: partitionOf(campaignId, block), from, to: '~' })) {
      const [number, page] = String(item.sk).split('#')
      yield { block: Number(number), page: Number(page), ...pageOf(item) }
    }
  }
}

interface Claim {
  writer: string
  leaseUntil: string
  contactIds: readonly string[]
  skips: ReadonlyMap<number, SkipCode>
  again: readonly number[]
  /** Until when a mail waits for the hours of its recipient. */
  held: ReadonlyMap<number, number>
  /** What is sent now and was held before. */
  released: readonly number[]
  doubt?: { slot: number; since: string } | undefined
}

function claimAttributes({ writer, leaseUntil, contactIds, skips, again, held, doubt }: Claim): Record<string, string> {
  return {
    w: writer,
    l: leaseUntil,
    ...Object.fromEntries(contactIds.map((id, i) => [`c${i}`, id.slice(4)])),
    ...Object.fromEntries([...skips].map(([i, reason]) => [`x${i}`, reason])),
    ...Object.fromEntries(again.map((i) => [`a${i}`, '1'])),
    ...Object.fromEntries([...held].map(([i, until]) => [`h${i}`, code(until)])),
    ...(doubt && !again.includes(doubt.slot) ? { [`i${doubt.slot}`]: doubt.since } : {}),
  }
}

/**
 * Access pattern: claim a page that nobody has claimed, or that still is as it was read, with what is known of its recipients;
 * 1 WRU for ten. Events of SES may be noted meanwhile: only what the claim says is written.
 */
export function claimPage(ctx: Context, key: ItemKey, before: DeliveryPage | undefined, claim: Claim): Promise<Tried> {
  const attributes = claimAttributes(claim)
  if (!before) return tryWrite(ctx, { ...itemKey(ctx, key), put: { Item: attributes }, condition: 'attribute_not_exists(pk)' })
  const { set, names, values } = assignments(attributes)
  const removed = [...claim.again.map((i) => `i${i}`), ...claim.released.map((i) => `h${i}`)]
  return tryWrite(ctx, {
    ...itemKey(ctx, key),
    update: { UpdateExpression: `SET ${set}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}` },
    condition: '#w = :formerWriter AND #l = :formerLease',
    names,
    values: { ...values, ':formerWriter': before.writer, ':formerLease': before.leaseUntil },
  })
}

function assignments(attributes: Record<string, string>) {
  const entries = Object.entries(attributes)
  return {
    set: entries.map(([name]) => `#${name} = :${name}`).join(', '),
    names: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
  }
}

const setting = (ctx: Context, key: ItemKey, attributes: Record<string, string>): Action => {
  const { set, names, values } = assignments(attributes)
  return { ...itemKey(ctx, key), update: { UpdateExpression: `SET ${set}` }, names, values }
}

/** Access pattern: mark a mail that SES took; 1 WRU. It is a fact, whoever holds the page by now. */
export const markSent = (ctx: Context, key: ItemKey, slot: number): Promise<Tried> =>
  tryWrite(ctx, setting(ctx, key, { [`s${slot}`]: code(inSeconds(ctx.now())) }))

export const markSkipped = (ctx: Context, key: ItemKey, slot: number, reason: SkipCode): Promise<Tried> =>
  tryWrite(ctx, setting(ctx, key, { [`x${slot}`]: reason }))

/** Nobody knows whether SES took it: the mails behind it go on. */
export const markDoubt = (ctx: Context, key: ItemKey, slot: number): Promise<Tried> =>
  tryWrite(ctx, setting(ctx, key, { [`i${slot}`]: code(inSeconds(ctx.now())) }))

/** Gives a page back before all of it was sent; only by who still has it. */
export const giveBack = (ctx: Context, key: ItemKey, writer: string): Promise<Tried> =>
  tryWrite(ctx, {
    ...itemKey(ctx, key),
    update: { UpdateExpression: 'SET #l = :back' },
    condition: '#w = :writer',
    names: { '#l': 'l', '#w': 'w' },
    values: { ':back': givenBack, ':writer': writer },
  })

/** Part of a commit: the block is dealt with, said once. */
export const countedWrite = (key: ItemKey, onFail: () => Error): Write<void> => ({
  result: undefined,
  actions: (ctx) => [
    {
      ...itemKey(ctx, key),
      update: { UpdateExpression: 'SET #z = :one' },
      condition: 'attribute_exists(pk) AND attribute_not_exists(#z)',
      names: { '#z': 'z' },
      values: { ':one': 1 },
      onFail: onFail as never,
    },
  ],
})
