import { zoneOf } from '../campaign/recipient-zone.ts'
import { nextOpening } from '../campaign/send-window.ts'
import { overCap } from './mail-cap.ts'
import { claimPage, pageKey } from './page.table.ts'
import { type DeliveryPage, decoded, deliveryTag, givenBack, inSeconds, leaseFrom, type PageStep, pageStep, type SkipCode } from './page.ts'
import { judgeRecipients, type Recipient } from './recipients.ts'
import type { Sending, Turns } from './sending.ts'

export interface Place {
  block: number
  page: number
}

/** A page that is this worker's until the lease runs out, with who gets a mail by now. */
interface TakenPage {
  writer: string
  leaseUntil: number
  waitUntil?: number | undefined
  recipients: Map<number, Recipient>
  turns: Turns
}

/** What is known of the recipients whose turn it is: the mail they get, or why they get none. Undefined when the campaign is over. */
async function judgedSlots(sending: Sending, slots: readonly number[], contactIds: readonly string[]) {
  const { ctx, tenant, campaign } = sending
  const asked = slots.map((slot) => contactIds[slot]!)
  const judged = await judgeRecipients(ctx, tenant, campaign, asked)
  if (!judged) return undefined
  const skips = new Map<number, SkipCode>()
  const recipients = new Map<number, Recipient>()
  const held = new Map<number, number>()
  for (const [at, slot] of slots.entries()) {
    const one = judged[at]!
    if (typeof one === 'string') skips.set(slot, one)
    else {
      const until = hourOf(sending, one)
      if (until === undefined) recipients.set(slot, one)
      else held.set(slot, until)
    }
  }
  return { skips, recipients, held }
}

/** When it is the hour to write to a recipient who has hours of their own, in seconds; undefined when it is now. */
function hourOf({ moment, tenant: { timeZone, calendar }, campaign: { sendWindow } }: Sending, recipient: Recipient): number | undefined {
  if (sendWindow?.zone !== 'recipient') return undefined
  const now = moment()
  const opening = nextOpening(now, sendWindow, { timeZone: zoneOf(recipient, timeZone), calendar })
  return opening > now ? inSeconds(opening) : undefined
}

/** Leaves out whom the firm has written to often enough lately. */
async function leaveOutMailed(
  { ctx, tenant, campaign }: Sending,
  { block, page }: Place,
  recipients: Map<number, Recipient>,
  skips: Map<number, SkipCode>,
): Promise<void> {
  if (!tenant.mailCap || recipients.size === 0) return
  const mails = [...recipients].map(([slot, { contact }]) => ({
    contactId: contact.id,
    mail: `${campaign.id} ${deliveryTag(block, page, slot)}`,
  }))
  const over = await overCap(ctx, tenant.mailCap, mails)
  for (const [slot, { contact }] of recipients) {
    if (!over.has(contact.id)) continue
    recipients.delete(slot)
    skips.set(slot, 'c')
  }
}

/** How long a page waits that SES or the pace would not have now. */
export const backOffSeconds = 15

/** The first of some moments; undefined when none is known. */
export const earliest = (...moments: (number | undefined)[]): number | undefined => {
  const known = moments.filter((moment) => moment !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}

/**
 * Claims what can be sent of a page, with what speaks against its recipients; else when to look again: somebody else was faster, or no
 * turn is near. `over` when the campaign is not to be sent any more.
 */
export async function takePage(
  sending: Sending,
  place: Place,
  before: DeliveryPage | undefined,
  contactIds: readonly string[],
): Promise<TakenPage | 'over' | { waitUntil: number }> {
  const { ctx, campaign, told } = sending
  const now = inSeconds(ctx.now())
  const step: PageStep = before
    ? pageStep(before, now, inSeconds(sending.moment()))
    : { send: contactIds.map((_, i) => i), again: [], unknown: [] }
  if (step.send.length === 0 && step.unknown.length === 0 && !step.doubt) return { waitUntil: step.waitUntil ?? now }
  const judged = await judgedSlots(sending, step.send, contactIds)
  if (!judged) return 'over'
  const { skips, recipients, held } = judged
  for (const slot of step.unknown) skips.set(slot, 'k')
  await leaveOutMailed(sending, place, recipients, skips)
  // Before the claim: what lies between it and a mail is when a crash leaves that mail in doubt.
  const turns = recipients.size > 0 ? await sending.turns(recipients.size) : { start: 0, apart: 0 }
  if (!turns) return { waitUntil: now + backOffSeconds }
  const [writer, leaseUntil] = [ctx.newId('clm'), recipients.size > 0 ? leaseFrom(inSeconds(ctx.now())) : givenBack]
  const again = step.again.filter((i) => recipients.has(i))
  const tried = await claimPage(ctx, pageKey(campaign.id, place.block, place.page), before, {
    writer,
    leaseUntil,
    contactIds,
    skips,
    ...{ again, held, released: [...recipients.keys()].filter((i) => before?.slots[i]?.heldUntil) },
    doubt: step.doubt,
  })
  if (!tried.written && tried.found?.w !== writer) return { waitUntil: tried.found?.l ? decoded(tried.found.l) : now }
  told.unknown += step.unknown.length
  told.again += again.length
  return { writer, leaseUntil: decoded(leaseUntil), waitUntil: earliest(step.waitUntil, ...held.values()), recipients, turns }
}
