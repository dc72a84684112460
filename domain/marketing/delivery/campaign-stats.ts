import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { binding, cursorAt, type ListInput, type ListSpec, type Page, positionOf } from '../../kernel/paging.ts'
import { get } from '../../store/read.ts'
import { variantOf, variants } from '../campaign/ab-test.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import { states } from '../campaign/campaign.ts'
import { linksOf } from '../response/click-link.ts'
import { placesOf } from '../trigger/entries.ts'
import { campaignPages } from './page.table.ts'
import { type FactCode, facts, instantOf, type Slot, skipReasons } from './page.ts'

const people = z.int().min(0)

export const CampaignStats = z
  .object({
    status: z.enum(states),
    audience: people,
    sent: people.meta({ description: 'SES took the mail.' }),
    waiting: people.meta({ description: 'Of the audience, still to be dealt with.' }),
    skipped: z.object(Object.fromEntries(Object.values(skipReasons).map((reason) => [reason, people]))),
    ...Object.fromEntries(Object.values(facts).map((fact) => [fact, people])),
    links: z
      .array(z.object({ url: z.string(), clicked: people }))
      .meta({ description: 'The links of its mail, and how many clicked each of them.' }),
    contents: z
      .array(z.object({ content: z.enum(variants), sent: people, opened: people, clicked: people, replied: people }))
      .nullable()
      .meta({ description: 'Of a campaign that tries two contents: what each of them did. Null for any other.' }),
  })
  .meta({ id: 'CampaignStats', description: 'Everybody counts once, however often a thing happened.' })

function addTo(content: { sent: number; opened: number; clicked: number; replied: number }, { sentAt, facts: { o, k, p } }: Slot): void {
  content.sent += sentAt ? 1 : 0
  content.opened += o ? 1 : 0
  content.clicked += k ? 1 : 0
  content.replied += p ? 1 : 0
}

/** What a campaign came to, summed from its deliveries: exact, however often and in what order SES said it. */
export async function campaignStats(ctx: Context, { id }: { id: string }): Promise<z.output<typeof CampaignStats>> {
  const campaign = await get(ctx, campaigns, id)
  const { status, abTest } = campaign
  const places = await placesOf(ctx, campaign)
  const urls = { a: campaign.content ? linksOf(campaign.content) : [], b: campaign.contentB ? linksOf(campaign.contentB) : [] }
  const links = new Map([...urls.a, ...urls.b].map((url) => [url, 0]))
  const contents = Object.fromEntries(variants.map((content) => [content, { content, sent: 0, opened: 0, clicked: 0, replied: 0 }]))
  const skipped: Record<string, number> = Object.fromEntries(Object.values(skipReasons).map((reason) => [reason, 0]))
  const told: Record<string, number> = Object.fromEntries(Object.values(facts).map((fact) => [fact, 0]))
  let [sent, settled, found] = [0, 0, 0]
  for await (const { block, page, slots } of campaignPages(ctx, id, places)) {
    for (const [place, slot] of slots.entries()) {
      found += 1
      if (slot.sentAt) sent += 1
      else if (slot.skipped) skipped[skipReasons[slot.skipped]]! += 1
      if (slot.sentAt || slot.skipped) settled += 1
      for (const letter of Object.keys(slot.facts)) told[facts[letter as FactCode]]! += 1
      const variant = variantOf(campaign, { block, page, slot: place })
      addTo(contents[variant]!, slot)
      for (const link of slot.links) links.set(urls[variant][link]!, (links.get(urls[variant][link]!) ?? 0) + 1)
    }
  }
  // Of a trigger those who entered: who is told of twice at once leaves a place empty.
  const audience = campaign.trigger ? found : (campaign.audience ?? 0)
  const linksTold = [...links].map(([url, clicked]) => ({ url, clicked }))
  return {
    status,
    audience,
    sent,
    waiting: audience - settled,
    skipped,
    ...told,
    links: linksTold,
    contents: abTest ? Object.values(contents) : null,
  }
}

export const Delivery = z
  .object({
    id: z.string().meta({ description: 'Block, page and place: the tag `delivery` of the mail.', example: '0-3-7' }),
    contactId: z.string().meta({ example: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }),
    status: z.enum(['sending', 'in-doubt', 'sent', ...Object.values(skipReasons)]),
    sentAt: z.string().nullable(),
    ...Object.fromEntries(Object.values(facts).map((fact) => [`${fact}At`, z.string().nullable()])),
  })
  .meta({ id: 'Delivery' })

function shownDelivery(block: number, page: number, place: number, slot: Slot): z.output<typeof Delivery> {
  const status = slot.sentAt ? 'sent' : slot.skipped ? skipReasons[slot.skipped] : slot.doubtSince ? 'in-doubt' : 'sending'
  const times = Object.entries(facts).map(([letter, fact]) => [
    `${fact}At`,
    slot.facts[letter as FactCode] ? instantOf(slot.facts[letter as FactCode]!) : null,
  ])
  return {
    ...{ id: `${block}-${page}-${place}`, contactId: slot.contactId, status, sentAt: slot.sentAt ? instantOf(slot.sentAt) : null },
    ...Object.fromEntries(times),
  }
}

export const deliveryList = { filters: {}, sorts: ['place'] } as const satisfies ListSpec

/** The deliveries of a campaign in the order of its audience, those whose turn has not come left out. */
export async function listDeliveries(ctx: Context, { id, ...input }: { id: string } & ListInput): Promise<Page<z.output<typeof Delivery>>> {
  const places = await placesOf(ctx, await get(ctx, campaigns, id))
  const bound = binding(ctx, `campaigns/${id}/deliveries`, input)
  const after = Number(positionOf(ctx, bound, input.cursor) ?? -1)
  const found: { place: number; row: z.output<typeof Delivery> }[] = []
  for await (const { block, page, slots } of campaignPages(ctx, id, places, Math.max(0, Math.floor(after / 100)))) {
    for (const [i, slot] of slots.entries()) {
      const place = block * 100 + page * 10 + i
      if (place > after) found.push({ place, row: shownDelivery(block, page, i, slot) })
    }
    if (found.length > input.limit) break
  }
  const rows = found.slice(0, input.limit)
  const next = found.length > rows.length ? cursorAt(ctx, bound, String(rows.at(-1)!.place)) : null
  return { data: rows.map(({ row }) => row), page: { next } }
}
