import type { Context } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import { readItems } from '../../store/read-items.ts'
import { scattered } from '../../store/scattered.ts'
import { tryWrite } from '../../store/try-write.ts'
import { inSeconds } from './page.ts'

/** How many marketing mails a contact gets in so many days, over all campaigns. */
interface MailCap {
  mails: number
  days: number
}

/** Access pattern: the last marketing mails of a contact; 1 RRU, 1 WRU for each mail of a firm that caps them. */
const mailedKey = (contactId: string): ItemKey => scattered('MAILED', [contactId])

interface Mailed {
  /** Mails by campaign and delivery, with their moment in seconds. */
  mails?: Record<string, number>
  changes?: number
}

/** The mails of a contact with one more, those that are too old left out; undefined when it would be one too many. */
export function mailsWith(
  mails: Record<string, number>,
  mail: string,
  { mails: most, days }: MailCap,
  now: number,
): Record<string, number> | undefined {
  const recent = Object.fromEntries(Object.entries(mails).filter(([, at]) => at > now - days * 86_400))
  if (Object.hasOwn(recent, mail)) return recent
  return Object.keys(recent).length >= most ? undefined : { ...recent, [mail]: now }
}

const mostTries = 5

async function reserveOne(ctx: Context, cap: MailCap, contactId: string, mail: string): Promise<boolean> {
  const key = mailedKey(contactId)
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const [found] = (await readItems(ctx, [key], { consistent: true })) as (Mailed | undefined)[]
    const { mails: before = {}, changes = 0 } = found ?? {}
    const mails = mailsWith(before, mail, cap, inSeconds(ctx.now()))
    if (!mails) return false
    if (Object.hasOwn(before, mail)) return true
    const condition = found
      ? { condition: '#changes = :changes', names: { '#changes': 'changes' }, values: { ':changes': changes } }
      : { condition: 'attribute_not_exists(pk)' }
    const put = { Item: { mails, changes: changes + 1 } }
    if ((await tryWrite(ctx, { ...itemKey(ctx, key), put, ...condition })).written) return true
  }
  throw new StaleWrite()
}

/**
 * Counts a mail to each of these contacts before it is sent, once however often it is asked; answers who had too many. A mail that
 * then fails counts all the same: it is better to write too little.
 */
export async function overCap(ctx: Context, cap: MailCap, mails: readonly { contactId: string; mail: string }[]): Promise<Set<string>> {
  const taken = await Promise.all(mails.map(({ contactId, mail }) => reserveOne(ctx, cap, contactId, mail)))
  return new Set(mails.flatMap(({ contactId }, i) => (taken[i] ? [] : [contactId])))
}
