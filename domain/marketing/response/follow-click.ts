import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { contentOf } from '../campaign/ab-test.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import { noteDelivery } from '../delivery/note-ses-news.ts'
import { type ClickedMail, linksOf } from './click-link.ts'

/** Where a link of a mail leads; undefined when the campaign has no such link. */
export async function targetOf(ctx: Context, { campaignId, delivery }: ClickedMail, link: string): Promise<string | undefined> {
  if (!/^\d{1,3}$/.test(link)) return undefined
  const campaign = await find(ctx, campaigns, campaignId)
  const content = campaign && contentOf(campaign, delivery)
  return content && linksOf(content)[Number(link)]
}

/** Programs that open links before people do: they are led on, and counted as nobody. */
const machine = /bot\b|crawl|spider|scan|preview|proofpoint|barracuda|mimecast|safelinks|headless|curl|wget|python|go-http/i

/** Whether it was a person, as far as a request shows it. */
export function isPerson(headers: Record<string, string>): boolean {
  const purpose = `${headers.purpose ?? ''} ${headers['sec-purpose'] ?? ''} ${headers['x-moz'] ?? ''}`
  return !/prefetch|preview/i.test(purpose) && !machine.test(headers['user-agent'] ?? '')
}

/** Notes a click: a recipient counts once for the campaign and once for each link, however often it is clicked. */
export const noteClick = (ctx: Context, mail: ClickedMail, link: string): Promise<boolean> =>
  noteDelivery(ctx, { ...mail, fact: 'k', at: ctx.now(), link: Number(link) })
