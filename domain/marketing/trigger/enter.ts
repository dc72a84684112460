import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import { readItems } from '../../store/read-items.ts'
import { takeTurn } from '../../store/turn.ts'
import type { Action, Write } from '../../store/write.ts'
import type { Campaign } from '../campaign/campaign.ts'
import type { BlockWork } from '../campaign/plan-later.ts'
import { pageKey } from '../delivery/page.table.ts'
import { code, givenBack, inSeconds } from '../delivery/page.ts'

/** A contact for whom the trigger of a campaign went off. */
export interface Entry {
  contactId: string
  /** What makes it this time and no other: the event, the year of the birthday, the quote. */
  key: string
  /** When the mail is sent. */
  dueAt: string
  /** Of a run of the schedule: what is due then is due. */
  time?: string | undefined
  /** It counts anew after so many days. */
  everyDays?: number | undefined
}

/** Access pattern: whether a contact entered a campaign for a reason before; 1 get, 1 RRU. */
const enteredKey = (campaignId: string, { contactId, key }: Entry): ItemKey => ({ pk: enteredPartition(campaignId), sk: [contactId, key] })
export const enteredPartition = (campaignId: string) => ['DLV', campaignId, 'ENTERED']

/** Turns of a campaign that waits for events: each that enters takes one, and its page by it. */
export const entriesTurn = (campaignId: string): string => `entries ${campaignId}`

const writes = (actions: (ctx: Context) => Action[]): Write<void> => ({ result: undefined, actions })

/** The longest SQS delays a message. */
const mostSeconds = 900

/** Hands the mail to the queue. Its worker gives what is due later than the queue can wait to the schedule. */
export async function handOutEntry(ctx: Context, work: BlockWork, dueAt: string): Promise<void> {
  const seconds = Math.max(0, Math.ceil((Date.parse(dueAt) - Date.parse(ctx.now())) / 1000))
  await ctx.enqueue('send-campaign', [work], seconds > mostSeconds ? 0 : seconds)
}

/** The message that has the mail of whoever entered at a place sent: each has a page, ten of them make a block. */
export const entryWork = (ctx: Context, { id, run }: Campaign, place: number, time?: string): BlockWork => ({
  ...{ tenantId: ctx.tenant.id, campaignId: id, run: run ?? 1 },
  ...{ block: Math.floor(place / 10), page: place % 10, ...(time ? { time } : {}) },
})

const isKnown = (found: Record<string, unknown> | undefined, { everyDays }: Entry, now: number): boolean =>
  found !== undefined && (everyDays === undefined || now - Number(found.at) < everyDays * 86_400)

/** Access pattern: those of some contacts who may enter a campaign; a batch get of 100, 1 RRU each. */
export async function notEntered(ctx: Context, { id }: Campaign, entries: readonly Entry[]): Promise<Entry[]> {
  const keys = entries.map((entry) => enteredKey(id, entry))
  const found = await readItems(ctx, keys, { consistent: true })
  return entries.filter((entry, i) => !isKnown(found[i], entry, inSeconds(ctx.now())))
}

/**
 * Takes a contact into a campaign, once for each key however often it is told; true the first time. Its delivery is made in the same
 * transaction, one to a page, so that all rules of sending hold for it. `again` hands a delivery out that was made before, for when
 * whoever made it died in between.
 */
export async function enter(ctx: Context, campaign: Campaign, entry: Entry, again = false): Promise<boolean> {
  const key = enteredKey(campaign.id, entry)
  const [found] = await readItems(ctx, [key], { consistent: true })
  const now = inSeconds(ctx.now())
  if (found && isKnown(found, entry, now)) {
    if (again) await handOutEntry(ctx, entryWork(ctx, campaign, Number(found.place), entry.time), entry.dueAt)
    return false
  }
  const place = await takeTurn(ctx, entriesTurn(campaign.id))
  const work = entryWork(ctx, campaign, place, entry.time)
  const held = entry.dueAt > ctx.now() ? { h0: code(inSeconds(entry.dueAt)) } : {}
  const condition = found
    ? { condition: '#at = :at', names: { '#at': 'at' }, values: { ':at': found.at } }
    : { condition: 'attribute_not_exists(pk)' }
  await commit(
    ctx,
    [
      writes((to) => [{ ...itemKey(to, key), put: { Item: { place, at: now } }, ...condition, onFail: () => new StaleWrite() }]),
      writes((to) => [
        {
          ...itemKey(to, pageKey(campaign.id, work.block, work.page!)),
          put: { Item: { c0: entry.contactId.slice(4), w: '-', l: givenBack, ...held } },
        },
      ]),
    ],
    [],
  )
  await handOutEntry(ctx, work, entry.dueAt)
  return true
}
