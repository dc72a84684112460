import type { Context } from '../../kernel/context.ts'
import { itemKey } from '../../store/entity-definition.ts'
import { scattered } from '../../store/scattered.ts'
import { type FoundItem, type Tried, tryWrite } from '../../store/try-write.ts'
import type { Action } from '../../store/write.ts'
import type { MailRecord, MailState } from './mail.ts'
import type { SesNews } from './ses-news.ts'

/**
 * One item per mail, found from its delivery id alone and so from the tags of an SES event: no index and nothing under
 * `SYS#`. It holds neither address nor text. It is kept for good: as long as it is there the mail is not sent again,
 * however old the day is that is run once more.
 */
const mailKey = (ctx: Context, id: string) => itemKey(ctx, scattered('MAIL', [id]))

const itemOf = (record: MailRecord) => ({ Item: { entity: 'mail', schema: 1, ...record } })

/** The record that stood in the way of a write. */
export function mailRecordOf(found: FoundItem): MailRecord {
  const { id = '', key = '', createdAt = '', claimedAt = '', leaseUntil = '', retryAt, writer } = found
  const counts = { attempt: Number(found.attempt), refusals: Number(found.refusals) }
  const more = { ...(retryAt ? { retryAt } : {}), ...(writer ? { writer } : {}) }
  return { id, key, state: found.state as MailState, ...counts, createdAt, claimedAt, leaseUntil, ...more }
}

/** Access pattern: claim a mail that nobody has claimed; 1 WRU. */
export const createMail = (ctx: Context, record: MailRecord): Promise<Tried> =>
  tryWrite(ctx, { ...mailKey(ctx, record.id), put: itemOf(record), condition: 'attribute_not_exists(pk)' })

/** Access pattern: change a mail that still is as it was read (claim again, release, give up); 1 WRU. */
export const replaceMail = (ctx: Context, before: MailRecord, after: MailRecord): Promise<Tried> =>
  tryWrite(ctx, {
    ...mailKey(ctx, before.id),
    put: itemOf(after),
    condition: '#state = :state AND #attempt = :attempt AND #claimedAt = :claimedAt',
    names: { '#state': 'state', '#attempt': 'attempt', '#claimedAt': 'claimedAt' },
    values: { ':state': before.state, ':attempt': before.attempt, ':claimedAt': before.claimedAt },
  })

/** Access pattern: mark a mail that SES took; 1 WRU. It is a fact, whoever holds the claim by now. */
export async function markSent(ctx: Context, id: string, messageId: string): Promise<void> {
  await tryWrite(ctx, {
    ...mailKey(ctx, id),
    update: { UpdateExpression: 'SET #state = :sent, #messageId = :messageId, #sentAt = :now' },
    names: { '#state': 'state', '#messageId': 'messageId', '#sentAt': 'sentAt' },
    values: { ':sent': 'sent', ':messageId': messageId, ':now': ctx.now() },
  })
}

/**
 * Access pattern: note what SES says of a mail; 1 WRU. The earliest of each kind stands, so that events may come twice and
 * in any order: the condition fails for a mail that is not on record and for nothing new.
 */
export const newsAction = (ctx: Context, { deliveryId, messageId, fact, at }: SesNews): Action => ({
  ...mailKey(ctx, deliveryId),
  update: { UpdateExpression: 'SET #state = :sent, #fact = :at, #messageId = if_not_exists(#messageId, :messageId)' },
  condition: 'attribute_exists(pk) AND (attribute_not_exists(#fact) OR #fact > :at)',
  names: { '#state': 'state', '#fact': fact, '#messageId': 'messageId' },
  values: { ':sent': 'sent', ':at': at, ':messageId': messageId },
})
