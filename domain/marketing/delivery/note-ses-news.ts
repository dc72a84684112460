import { CampaignClicked, CampaignReplied } from '../../../events/marketing.ts'
import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { readItems } from '../../store/read-items.ts'
import { readTally, tallyWrite } from '../../store/tally.ts'
import { tryWrite } from '../../store/try-write.ts'
import type { Action, Write } from '../../store/write.ts'
import { progressKey } from '../campaign/campaign.table.ts'
import { pullBrake } from './count-block.ts'
import { factAction, linkAction } from './fact.table.ts'
import { pageKey } from './page.table.ts'
import { type FactCode, facts, inSeconds, readDeliveryTag } from './page.ts'

export interface DeliveryNews {
  campaignId: string
  delivery: string
  /** Undefined when SES only says that it took the mail. */
  fact?: FactCode | undefined
  at: string
  /** Of a click in one of our own links: its place in the mail. */
  link?: number | undefined
}

/** What the brakes count, in the transaction of the fact; everything else is summed from the pages. */
const braking: FactCode[] = ['b', 'm']

/** Part of a commit: a fact that somebody else noted meanwhile is read again, and known. */
const noting = (action: Action): Write<void> => ({ result: undefined, actions: () => [{ ...action, onFail: () => new StaleWrite() }] })

/**
 * Notes what SES or the recipient says of a mail, once however often it is said; false when it was known, or there is no such
 * delivery. What is known costs a read alone. A bounce or complaint may stop the campaign.
 */
export async function noteDelivery(ctx: Context, { campaignId, delivery, fact, at, link }: DeliveryNews): Promise<boolean> {
  const place = readDeliveryTag(delivery)
  if (!place) return false
  const key = pageKey(campaignId, place.block, place.page)
  const [item] = await readItems(ctx, [key], { consistent: true })
  if (!item || item[`c${place.slot}`] === undefined) return false
  if (link !== undefined && item[`j${place.slot}.${link}`] === undefined) await tryWrite(ctx, linkAction(ctx, key, place.slot, link))
  if (item[fact ? `${fact}${place.slot}` : `s${place.slot}`] !== undefined) return false
  const action = factAction(ctx, key, place.slot, fact, inSeconds(at))
  if (fact === 'k' || fact === 'p') {
    const responded = fact === 'k' ? CampaignClicked : CampaignReplied
    const data = { contactId: `con_${item[`c${place.slot}`]}`, delivery }
    await commit(ctx, [noting(action)], [responded({ type: 'campaign', id: campaignId }, data)])
    return true
  }
  if (!fact || !braking.includes(fact)) return (await tryWrite(ctx, action)).written
  await commit(ctx, [noting(action), tallyWrite({ key: progressKey(campaignId), add: { [facts[fact]]: 1 } })], [])
  await pullBrake(ctx, campaignId, await readTally(ctx, progressKey(campaignId)))
  return true
}
