import type { Tenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { MailRefused } from '../../kernel/errors.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { zoneOf } from '../campaign/recipient-zone.ts'
import { nextOpening } from '../campaign/send-window.ts'
import type { mailMaker } from './compose-mail.ts'
import { overCap } from './mail-cap.ts'
import { claimPage, giveBack, markDoubt, markSent, markSkipped, pageKey } from './page.table.ts'
import { type DeliveryPage, decoded, deliveryTag, givenBack, inSeconds, leaseFrom, type PageStep, pageStep, type SkipCode } from './page.ts'
import { judgeRecipients, type Recipient } from './recipients.ts'

/** Turns of one worker, in milliseconds. */
export interface Turns {
  start: number
  apart: number
}

/** What a worker needs for one campaign. */
export interface Sending {
  ctx: Context
  tenant: Tenant
  campaign: Campaign
  compose: ReturnType<typeof mailMaker>
  /** Reserves turns under the rate of the tenant and of the account; when they begin, or undefined when none is near. */
  turns(count: number): Promise<Turns | undefined>
  /** SES asked for less. */
  hold(): Promise<void>
  sleep(milliseconds: number): Promise<void>
  told: { sent: number; again: number; unknown: number; refusedInARow: number }
}

export interface Place {
  block: number
  page: number
}

/** `done`: nothing is left of the page. Else when to look at it again, in seconds. `stop`: SES will have none of these mails. */
export type PageOutcome = 'done' | 'stop' | { waitUntil: number }

/** A sender or identity that SES will not have refuses everybody: after so many in a row a person has to look. */
const mostRefused = 10
const backOffSeconds = 15

interface Claimed {
  writer: string
  leaseUntil: number
  waitUntil?: number | undefined
  recipients: Map<number, Recipient>
  turns: Turns
}

/** What is known of the recipients whose turn it is: the mail they get, or why they get none. */
async function judgedSlots({ ctx, tenant, campaign }: Sending, slots: readonly number[], contactIds: readonly string[]) {
  const judged = await judgeRecipients(
    ctx,
    tenant,
    campaign,
    slots.map((slot) => contactIds[slot]!),
  )
  const skips = new Map<number, SkipCode>()
  const recipients = new Map<number, Recipient>()
  const held = new Map<number, number>()
  for (const [at, slot] of slots.entries()) {
    const one = judged[at]!
    if (typeof one === 'string') skips.set(slot, one)
    else {
      const until = hourOf(ctx, tenant, campaign, one)
      if (until === undefined) recipients.set(slot, one)
      else held.set(slot, until)
    }
  }
  return { skips, recipients, held }
}

/** When it is the hour to write to a recipient who has hours of their own, in seconds; undefined when it is now. */
function hourOf(ctx: Context, { timeZone, calendar }: Tenant, { sendWindow }: Campaign, recipient: Recipient): number | undefined {
  if (sendWindow?.zone !== 'recipient') return undefined
  const opening = nextOpening(ctx.now(), sendWindow, { timeZone: zoneOf(recipient, timeZone), calendar })
  return opening > ctx.now() ? inSeconds(opening) : undefined
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

const earliest = (...moments: (number | undefined)[]): number | undefined => {
  const known = moments.filter((moment) => moment !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}

/** Claims what can be sent of a page, with what speaks against its recipients; else when to look again: somebody else was faster, or no turn is near. */
async function claim(
  sending: Sending,
  place: Place,
  before: DeliveryPage | undefined,
  contactIds: readonly string[],
): Promise<Claimed | { waitUntil: number }> {
  const { ctx, campaign, told } = sending
  const now = inSeconds(ctx.now())
  const step: PageStep = before ? pageStep(before, now) : { send: contactIds.map((_, i) => i), again: [], unknown: [] }
  if (step.send.length === 0 && step.unknown.length === 0 && !step.doubt) return { waitUntil: step.waitUntil ?? now }
  const { skips, recipients, held } = await judgedSlots(sending, step.send, contactIds)
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
  const claimed = await claim(sending, place, before, contactIds)
  if (!('recipients' in claimed)) return claimed
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
