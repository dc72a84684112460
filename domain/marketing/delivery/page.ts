/**
 * Deliveries are kept ten to an item, a page, so that a mail costs one write beside its share of the page's claim. A page is
 * claimed as a whole; its mails go out one after the other, each marked before the next, so that after a crash at most one of
 * them is in doubt. What the attributes of a page mean stands here; times are seconds in base 36.
 */

export const pageSize = 10
/** Recipients of one message of the queue. */
export const blockSize = 100

/** Why somebody of the audience got no mail. */
export const skipReasons = {
  g: 'gone',
  a: 'no-address',
  i: 'invalid-address',
  s: 'suppressed',
  o: 'opted-out',
  n: 'no-consent',
  c: 'frequency-cap',
  f: 'failed',
  k: 'unknown',
} as const
export type SkipCode = keyof typeof skipReasons

/** What SES and the recipient said of a mail, by the letter of its attribute. */
export const facts = {
  d: 'delivered',
  b: 'bounced',
  t: 'softBounced',
  m: 'complained',
  r: 'rejected',
  y: 'delayed',
  o: 'opened',
  k: 'clicked',
  p: 'replied',
  u: 'unsubscribed',
} as const
export type FactCode = keyof typeof facts

export interface Slot {
  contactId: string
  sentAt?: string
  skipped?: SkipCode
  /** Since when nobody knows whether SES took it. */
  doubtSince?: string
  /** It is not the hour for it where its recipient lives. */
  heldUntil?: string
  again: boolean
  facts: Partial<Record<FactCode, string>>
  /** Places of the links that were clicked. */
  links: number[]
}

export interface DeliveryPage {
  slots: Slot[]
  /** Who claimed it last, and until when that one may send; '0' when it was given back. */
  writer: string
  leaseUntil: string
  /** All of its block are dealt with, and counted. */
  counted: boolean
}

const leaseSeconds = 120
const eventsComeWithin = 15 * 60

/** Whole seconds since 1970. */
export const inSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1000)
/** A moment as a page holds it: seconds in seven characters of base 36, which sort by time. */
export const code = (seconds: number): string => seconds.toString(36).padStart(7, '0')
export const decoded = (text: string): number => Number.parseInt(text, 36)
export const instantOf = (text: string): string => new Date(decoded(text) * 1000).toISOString()
export const givenBack = code(0)
/** The end of a claim that begins now, as a page holds it; `now` in seconds. */
export const leaseFrom = (now: number): string => code(now + leaseSeconds)

/** A page as it stands in the table: `c0` contact, `s0` sent, `x0` skipped, `i0` in doubt, `h0` held, `a0` second attempt, `d0`… facts, `j0.2` a link. */
export function pageOf(item: Record<string, unknown>): DeliveryPage {
  const text = (name: string) => item[name] as string | undefined
  const links = Object.keys(item).flatMap((name) =>
    /^j\d\.\d/.test(name) ? [name.slice(1).split('.').map(Number) as [number, number]] : [],
  )
  const slots: Slot[] = []
  for (let i = 0; text(`c${i}`) !== undefined; i++) {
    const known = Object.keys(facts).flatMap((letter) => (text(`${letter}${i}`) ? [[letter, text(`${letter}${i}`)]] : []))
    slots.push({
      contactId: `con_${text(`c${i}`)}`,
      ...(text(`s${i}`) ? { sentAt: text(`s${i}`)! } : {}),
      ...(text(`x${i}`) ? { skipped: text(`x${i}`) as SkipCode } : {}),
      ...(text(`i${i}`) ? { doubtSince: text(`i${i}`)! } : {}),
      ...(text(`h${i}`) ? { heldUntil: text(`h${i}`)! } : {}),
      again: text(`a${i}`) !== undefined,
      facts: Object.fromEntries(known),
      links: links.filter(([slot]) => slot === i).map(([, link]) => link),
    })
  }
  return { slots, writer: text('w') ?? '', leaseUntil: text('l') ?? givenBack, counted: item.z !== undefined }
}

/** True when nothing more is done for this recipient. */
export const isSettled = ({ sentAt, skipped }: Slot): boolean => sentAt !== undefined || skipped !== undefined

/** What is to be done with a page that is not settled. */
export interface PageStep {
  /** Slots to be sent, in order; none while somebody else holds the page. */
  send: number[]
  /** Slots to be sent a second time, of those. */
  again: number[]
  /** The slot that was in flight when the last worker died: from when on it is in doubt. */
  doubt?: { slot: number; since: string }
  /** Slots of which nothing is known after two attempts. */
  unknown: number[]
  /** When to look again, in seconds; undefined when nothing is left after this. */
  waitUntil?: number
}

/**
 * The next step with a page, by the one rule of mail (architecture.md): whoever holds the lease is left alone; the mail that was
 * in flight when it ran out waits 15 minutes for an event of SES, is sent once more, and never a third time. The mails behind it
 * were certainly not sent: they go at once. What is held waits for the `moment` by which hours are judged.
 */
export function pageStep({ slots, leaseUntil }: DeliveryPage, now: number, moment = now): PageStep {
  const lease = decoded(leaseUntil)
  if (now < lease) return { send: [], again: [], unknown: [], waitUntil: lease }
  const unsettled = slots.map((slot, i) => ({ ...slot, i })).filter((slot) => !isSettled(slot))
  // What was held was not in flight.
  const held = unsettled.filter(({ heldUntil }) => heldUntil !== undefined && moment < decoded(heldUntil))
  const open = unsettled.filter((slot) => !held.includes(slot))
  const died = lease === 0 ? undefined : open.find(({ doubtSince, heldUntil }) => doubtSince === undefined && heldUntil === undefined)
  const since = code(lease - leaseSeconds)
  const settling = (slot: { doubtSince?: string; i: number }) => (slot.i === died?.i ? since : slot.doubtSince)
  const proofUntil = (slot: { doubtSince?: string; i: number }) => decoded(settling(slot)!) + eventsComeWithin
  const doubtful = open.filter((slot) => settling(slot) !== undefined)
  const waiting = doubtful.filter((slot) => now < proofUntil(slot))
  const over = doubtful.filter((slot) => now >= proofUntil(slot))
  const again = over.filter((slot) => !slot.again).map(({ i }) => i)
  const fresh = open.filter((slot) => settling(slot) === undefined).map(({ i }) => i)
  const waits = [...waiting.map(proofUntil), ...held.map(({ heldUntil }) => decoded(heldUntil!))]
  return {
    send: [...fresh, ...again].sort((a, b) => a - b),
    again,
    ...(died ? { doubt: { slot: died.i, since } } : {}),
    unknown: over.filter((slot) => slot.again).map(({ i }) => i),
    ...(waits.length > 0 ? { waitUntil: Math.min(...waits) } : {}),
  }
}

/** The tag `delivery` of a mail: block, page and slot. */
export const deliveryTag = (block: number, page: number, slot: number): string => `${block}-${page}-${slot}`

/** Which delivery a tag is of; undefined for a tag that is not ours. */
export function readDeliveryTag(tag: string): { block: number; page: number; slot: number } | undefined {
  const parts = /^(\d{1,6})-(\d)-(\d)$/.exec(tag)
  return parts ? { block: Number(parts[1]), page: Number(parts[2]), slot: Number(parts[3]) } : undefined
}
