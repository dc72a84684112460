import { MailRefused } from '../../kernel/errors.ts'
import { giveBack, markDoubt, markSent, markSkipped, pageKey } from './page.table.ts'
import { type DeliveryPage, deliveryTag, inSeconds } from './page.ts'
import type { Recipient } from './recipients.ts'
import type { Sending } from './sending.ts'
import { backOffSeconds, earliest, type Place, takePage } from './take-page.ts'

/**
 * `done`: nothing is left of the page. Else when to look at it again, in seconds. `over`: the campaign is not to be sent any more;
 * `stop`: SES will have none of these mails.
 */
type PageOutcome = 'done' | 'over' | 'stop' | { waitUntil: number }

/** A sender or identity that SES will not have refuses everybody: after so many in a row a person has to look. */
const mostRefused = 10

/** Hands one mail to SES and marks it. `passing` when SES will take it later: nothing was sent. */
async function sendOne(
  sending: Sending,
  place: Place,
  slot: number,
  recipient: Recipient,
): Promise<'settled' | 'doubt' | 'passing' | 'refused'> {
  const { ctx, campaign, compose, told } = sending
  const key = pageKey(campaign.id, place.block, place.page)
  let mail: Awaited<ReturnType<typeof compose>>
  try {
    mail = await compose(recipient, deliveryTag(place.block, place.page, slot))
  } catch {
    await markSkipped(ctx, key, slot, 'f')
    return 'settled'
  }
  try {
    await ctx.mail(mail)
  } catch (error) {
    if (!(error instanceof MailRefused)) {
      await markDoubt(ctx, key, slot)
      return 'doubt'
    }
    if (error.passing) return 'passing'
    await markSkipped(ctx, key, slot, 'f')
    told.refusedInARow += 1
    return 'refused'
  }
  told.refusedInARow = 0
  told.sent += 1
  await markSent(ctx, key, slot)
  return 'settled'
}

/**
 * Sends what is left of a page of ten: claims it, and hands its mails to SES one after the other, each in its turn, each
 * marked before the next. A worker whose lease ran out sends no more.
 */
export async function sendPage(
  sending: Sending,
  place: Place,
  before: DeliveryPage | undefined,
  contactIds: readonly string[],
): Promise<PageOutcome> {
  const { ctx, campaign } = sending
  const claimed = await takePage(sending, place, before, contactIds)
  if (claimed === 'over' || !('recipients' in claimed)) return claimed
  const key = pageKey(campaign.id, place.block, place.page)
  const later = async (seconds: number): Promise<PageOutcome> => {
    await giveBack(ctx, key, claimed.writer)
    return { waitUntil: inSeconds(ctx.now()) + seconds }
  }
  let waitUntil = claimed.waitUntil
  const { start, apart } = claimed.turns
  for (const [n, [slot, recipient]] of [...claimed.recipients].entries()) {
    await sending.sleep(start + n * apart - Date.parse(ctx.now()))
    if (inSeconds(ctx.now()) >= claimed.leaseUntil - 1) return { waitUntil: claimed.leaseUntil }
    const outcome = await sendOne(sending, place, slot, recipient)
    if (outcome === 'passing') {
      await sending.hold()
      return later(backOffSeconds)
    }
    if (outcome === 'doubt') waitUntil = earliest(waitUntil, inSeconds(ctx.now()) + 15 * 60)
    if (sending.told.refusedInARow >= mostRefused) {
      await giveBack(ctx, key, claimed.writer)
      return 'stop'
    }
  }
  return waitUntil === undefined ? 'done' : { waitUntil }
}
