import type { Context, OutgoingMail } from '../../kernel/context.ts'
import { MailRefused } from '../../kernel/errors.ts'
import type { Tried } from '../../store/try-write.ts'
import { createMail, mailRecordOf, markSent, replaceMail } from './mail.table.ts'
import { firstClaim, holdsLease, isRefusedForGood, type MailKey, type MailRecord, nextStep, released, retryTime } from './mail.ts'

/**
 * `sent-again`: as attempt 2, since nothing proved the first; at worst it is the second copy. `already`: nothing was to be
 * done. `unknown`: given up after attempt 2, answered once. With `waitUntil` the caller asks again at that time.
 */
export type SendOutcome = 'sent' | 'sent-again' | 'already' | 'unknown' | { waitUntil: string }

export type ComposedMail = Omit<OutgoingMail, 'deliveryId' | 'tenantId'>

/** Makes the mail; what it attaches may take a moment, and has to be done well within the lease. */
type Compose = () => ComposedMail | Promise<ComposedMail>

/**
 * Sends a mail once, by the one rule of all mail: claim, hand to SES, mark (architecture.md; what remains possible stands in
 * docs/mail.md). `compose` runs only for whoever got the claim.
 *
 * Fails with what `compose` threw, with MailRefused for a mail that SES will never take as it is, and with whatever left
 * open whether SES took it; in the last case the claim stays and later calls settle it.
 */
export async function sendOnce(ctx: Context, { key, compose }: { key: MailKey; compose: Compose }): Promise<SendOutcome> {
  const claim = await claimMail(ctx, key)
  return 'record' in claim ? handOver(ctx, claim.record, compose) : claim.outcome
}

type Claim = { record: MailRecord } | { outcome: SendOutcome }

/**
 * Others may change the record between the look and the claim, each time one step further, so this ends. A write whose answer
 * was lost is repeated by the client and then finds itself in the way: it is known by its writer, or it would wait for itself.
 */
async function claimMail(ctx: Context, key: MailKey): Promise<Claim> {
  const writer = ctx.newId('clm')
  const record = { ...firstClaim(key, ctx.now()), writer }
  let tried = await createMail(ctx, record)
  if (isWritten(tried, record)) return { record }
  for (;;) {
    if (!tried.found) throw new Error('The record of a mail was removed while it was claimed.')
    const before = mailRecordOf(tried.found)
    const step = nextStep(before, ctx.now())
    if (step.is === 'over') return { outcome: 'already' }
    if (step.is === 'wait') return { outcome: { waitUntil: step.until } }
    const after: MailRecord = { ...(step.is === 'claim' ? step.record : { ...before, state: 'unknown' as const }), writer }
    tried = await replaceMail(ctx, before, after)
    if (isWritten(tried, after)) return step.is === 'claim' ? { record: after } : { outcome: 'unknown' }
  }
}

/** True when the record is there as it was to be written, whether or not the answer to that came through. */
function isWritten(tried: Tried, { writer, state, attempt }: MailRecord): tried is { written: true } {
  if (tried.written) return true
  const { found } = tried
  return found?.writer === writer && found?.state === state && Number(found.attempt) === attempt
}

async function handOver(ctx: Context, record: MailRecord, compose: Compose): Promise<SendOutcome> {
  const mail = await composed(ctx, record, compose)
  let messageId: string
  try {
    // A worker that was frozen meanwhile must not send what another may be sending.
    if (!holdsLease(record, ctx.now())) throw new MailRefused('its lease ran out first', true)
    messageId = await ctx.mail({ ...mail, deliveryId: record.id, tenantId: ctx.tenant.id })
  } catch (error) {
    // Whether SES took it is open: the claim stays, and whoever comes next waits for SES's word.
    if (!(error instanceof MailRefused)) throw error
    return refused(ctx, record, error)
  }
  await markSent(ctx, record.id, messageId)
  return record.attempt === 1 ? 'sent' : 'sent-again'
}

/** The mail; when it cannot be composed the claim is given back, since nothing was sent. */
async function composed(ctx: Context, record: MailRecord, compose: Compose): Promise<ComposedMail> {
  try {
    return await compose()
  } catch (error) {
    await replaceMail(ctx, record, released(record))
    throw error
  }
}

async function refused(ctx: Context, record: MailRecord, error: MailRefused): Promise<SendOutcome> {
  const now = ctx.now()
  const retryAt = error.passing && !isRefusedForGood(record, now) ? retryTime(record, now) : undefined
  await replaceMail(ctx, record, released(record, retryAt))
  if (!retryAt) throw error
  return { waitUntil: retryAt }
}
