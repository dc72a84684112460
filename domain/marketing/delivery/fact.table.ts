import type { Context } from '../../kernel/context.ts'
import { type ItemKey, itemKey } from '../../store/entity-definition.ts'
import type { Action } from '../../store/write.ts'
import { code, type FactCode } from './page.ts'

/** What is noted of a mail, once: a fact and with it that the mail was sent. Part of a commit, or written alone. */
export function factAction(ctx: Context, key: ItemKey, slot: number, fact: FactCode | undefined, seconds: number): Action {
  const sent = `s${slot}`
  const names = { '#sent': sent, ...(fact ? { '#fact': `${fact}${slot}` } : {}) }
  const missing = fact ? '#fact' : '#sent'
  return {
    ...itemKey(ctx, key),
    update: { UpdateExpression: `SET #sent = if_not_exists(#sent, :at)${fact ? ', #fact = :at' : ''}` },
    condition: `attribute_exists(pk) AND attribute_not_exists(${missing})`,
    names,
    values: { ':at': code(seconds) },
  }
}

/** Part of what is noted of a click: which link it was. */
export const linkAction = (ctx: Context, key: ItemKey, slot: number, link: number): Action => ({
  ...itemKey(ctx, key),
  update: { UpdateExpression: 'SET #link = :one' },
  condition: 'attribute_exists(pk) AND attribute_not_exists(#link)',
  names: { '#link': `j${slot}.${link}` },
  values: { ':one': '1' },
})
