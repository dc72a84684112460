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
 * Access pattern: note what SES says of one mail, news of different kinds together; 1 WRU. The earliest of each kind stands, so that
 * events may come twice and in any order: the condition fails for a mail that is not on record and when something of it is not new.
 */
export function newsAction(ctx: Context, news: readonly [SesNews, ...SesNews[]]): Action {
  const [{ deliveryId, messageId }] = news
  const facts = news.map((_, i) => `#fact${i} = :at${i}, `).join('')
  const areNew = news.map((_, i) => ` AND (attribute_not_exists(#fact${i}) OR #fact${i} > :at${i})`).join('')
  return {
    ...mailKey(ctx, deliveryId),
    update: { UpdateExpression: `SET #state = :sent, ${facts}#messageId = if_not_exists(#messageId, :messageId)` },
    condition: `attribute_exists(pk)${areNew}`,
    names: { '#state': 'state', '#messageId': 'messageId', ...Object.fromEntries(news.map(({ fact }, i) => [`#fact${i}`, fact])) },
    values: { ':sent': 'sent', ':messageId': messageId, ...Object.fromEntries(news.map(({ at }, i) => [`:at${i}`, at])) },
  }
}
