import { sha256 } from '../../kernel/signing.ts'

/**
 * The one rule of mail (architecture.md): claim, hand to SES with the delivery id as tag, mark. Here is what may be done
 * next with a mail, from what is on record of it.
 */

/** What a mail is, so that it is sent once: its kind, then whatever makes it this one, e.g. `['digest', userId, day]`. */
export type MailKey = readonly [kind: string, ...parts: string[]]

/**
 * `claimed`: a worker is sending it, or died over it. `released`: SES refused it, certainly nothing was sent.
 * `sent`: marked by the worker, or proved by an event of SES. `unknown`: sent twice at most, and nothing proves it once.
 */
export type MailState = 'claimed' | 'released' | 'sent' | 'unknown'

export interface MailRecord {
  /** Tag `delivery` of the mail at SES; the record is found from it. */
  id: string
  /** The parts of its key, for people who look into the table. */
  key: string
  state: MailState
  attempt: number
  createdAt: string
  claimedAt: string
  /** The worker that claimed it may hand it to SES until then. */
  leaseUntil: string
  /** How often SES refused it. */
  refusals: number
  /** When a released mail may be claimed again. */
  retryAt?: string
  /** Who wrote this claim, or gave up: a worker whose answer was lost knows by it that it was itself. */
  writer?: string
}

const seconds = 1000
const minutes = 60 * seconds
const leaseFor = 2 * minutes
const eventsComeWithin = 15 * minutes
const refusalsEndAfter = 24 * 60 * minutes
const longestPause = 15 * minutes
const mostAttempts = 2

const after = (instant: string, milliseconds: number): string => new Date(Date.parse(instant) + milliseconds).toISOString()

/** The delivery id of a mail: the same for the same key, made of letters, digits and `_`, as SES wants its tags. */
export const deliveryIdOf = (key: MailKey): string => `dlv_${sha256(JSON.stringify(key)).slice(0, 32)}`

/** True for what may be the id of a mail of ours. */
export const isDeliveryId = (text: string): boolean => /^dlv_[0-9a-f]{32}$/.test(text)

/** The record of a mail claimed for the first time. */
export function firstClaim(key: MailKey, now: string): MailRecord {
  const times = { createdAt: now, claimedAt: now, leaseUntil: after(now, leaseFor) }
  return { id: deliveryIdOf(key), key: key.join('/'), state: 'claimed', attempt: 1, refusals: 0, ...times }
}

type Step =
  | { is: 'over' }
  | { is: 'wait'; until: string }
  /** Nobody knows, and a third mail is never sent. */
  | { is: 'give-up' }
  | { is: 'claim'; record: MailRecord }

/**
 * What may be done with a mail that was claimed before. Whoever holds the lease is left alone; then SES has until 15
 * minutes after the claim to say that it took the mail; then it is sent a second time, and never a third.
 */
export function nextStep(record: MailRecord, now: string): Step {
  const { state, retryAt = now, leaseUntil, attempt } = record
  if (state === 'sent' || state === 'unknown') return { is: 'over' }
  if (state === 'released')
    return now < retryAt ? { is: 'wait', until: retryAt } : { is: 'claim', record: claimedAgain(record, attempt, now) }
  if (now < leaseUntil) return { is: 'wait', until: leaseUntil }
  const proofUntil = after(record.claimedAt, eventsComeWithin)
  if (now < proofUntil) return { is: 'wait', until: proofUntil }
  return attempt < mostAttempts ? { is: 'claim', record: claimedAgain(record, attempt + 1, now) } : { is: 'give-up' }
}

function claimedAgain({ retryAt: _retryAt, ...record }: MailRecord, attempt: number, now: string): MailRecord {
  return { ...record, state: 'claimed', attempt, claimedAt: now, leaseUntil: after(now, leaseFor) }
}

/** The record after SES refused the mail: the attempt is not used up. Without `retryAt` it may be claimed at once. */
export function released({ retryAt: _retryAt, ...record }: MailRecord, retryAt?: string): MailRecord {
  return { ...record, state: 'released', refusals: record.refusals + 1, ...(retryAt ? { retryAt } : {}) }
}

/** When to try again after a refusal that passes: pauses double from 15 s to 15 minutes. */
export function retryTime({ id, refusals }: MailRecord, now: string): string {
  const pause = Math.min(longestPause, 15 * seconds * 2 ** Math.min(refusals, 10))
  // Mails refused together come again apart: their ids spread them over the second half of the pause.
  const spread = Number.parseInt(id.slice(-4), 16) / 0x10000
  return after(now, (pause * (1 + spread)) / 2)
}

/** After a day of refusals a person has to look. */
export const isRefusedForGood = (record: MailRecord, now: string): boolean => now >= after(record.createdAt, refusalsEndAfter)

/** True while whoever made this claim may hand the mail to SES. */
export const holdsLease = (record: MailRecord, now: string): boolean => now < record.leaseUntil
