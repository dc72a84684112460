import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Locale } from '../../kernel/text.ts'
import { contacts } from '../../parties/index.ts'
import { find } from '../../store/read.ts'
import { liftOwnWish, suppress } from '../suppression/suppress.ts'
import { suppressedAmong } from '../suppression/suppression.table.ts'
import { everything, listScope } from '../suppression/suppression.ts'
import type { UnsubscribeLink } from './link.ts'

/** What a recipient takes of the firm's marketing mail. */
export interface Preferences {
  locale: Locale
  tenantName: string
  /** Hidden but for its first letter and its domain: whoever holds the link sees it. */
  address: string
  subscribed: boolean
  lists: { key: string; name: string; wanted: boolean }[]
}

/** An address as whoever has a link to a page may see it. */
export const maskedAddress = (email: string): string => `${email[0]}…@${email.slice(email.indexOf('@') + 1)}`

/** What the page shows; it changes nothing. */
export async function readPreferences(ctx: Context, { email, contactId }: UnsubscribeLink): Promise<Preferences> {
  const [tenant, contact] = await Promise.all([readTenant(ctx), find(ctx, contacts, contactId)])
  const lists = tenant.mailingLists ?? []
  const standing = await Promise.all(
    [everything, ...lists.map(({ key }) => listScope(key))].map(async (scope) => (await suppressedAmong(ctx, [email], [scope])).size > 0),
  )
  return {
    locale: contact?.locale ?? tenant.locale,
    tenantName: tenant.name,
    address: maskedAddress(email),
    subscribed: !standing[0],
    lists: lists.map(({ key, name }, i) => ({ key, name, wanted: !standing[i + 1] })),
  }
}

/** No marketing mail any more, at once. The same twice is harmless. */
export const unsubscribe = (ctx: Context, link: UnsubscribeLink): Promise<void> => refuse(ctx, link, everything)

const refuse = (ctx: Context, { email, contactId }: UnsubscribeLink, scope: string): Promise<void> =>
  suppress(ctx, { email, scope, reason: 'unsubscribed', contactId })

/**
 * Mail again, of the lists that are wanted; all of them when none is named. False when the firm cannot mail the address
 * whatever the recipient wants: it bounces, or was put on the list by hand.
 */
export async function choose(ctx: Context, link: UnsubscribeLink, wanted: readonly string[] | 'all'): Promise<boolean> {
  const lists = ((await readTenant(ctx)).mailingLists ?? []).map(({ key }) => key)
  let heard = true
  for (const key of lists) {
    if (wanted === 'all' || wanted.includes(key)) heard = (await liftOwnWish(ctx, link.email, listScope(key))) && heard
    else await refuse(ctx, link, listScope(key))
  }
  // Last: until then nothing is mailed, whatever breaks in between.
  return (await liftOwnWish(ctx, link.email, everything)) && heard
}
