import type { Context } from '../../kernel/context.ts'
import { ulidOf } from '../../kernel/ids.ts'
import { dayNumber } from '../../kernel/signed-link.ts'
import { hiddenToken, revealedToken } from '../../kernel/tenant-token.ts'

/** Where a form stands. The address is meant for everybody: it names the firm and the form, and nothing of it is secret. */
export const formUrl = (ctx: Context, formId: string): string =>
  `${ctx.publicUrl}/f/${Buffer.from(ctx.tenant.id).toString('base64url')}.${ulidOf(formId)}`

/** The form that an address names; the tenant is found by its head. */
export const formIdOf = (token: string): string => `lfm_${token.split('.')[1] ?? ''}`

const purpose = 'lead-confirm'
/** How long an address can be confirmed. */
export const confirmDays = 14

/** The link by which an address is confirmed: whoever has it reads the mails of that address. */
export function confirmUrl(ctx: Context, { leadId, email }: { leadId: string; email: string }): string {
  const value = [ctx.tenant.id, ulidOf(leadId), email, dayNumber(ctx.now()) + confirmDays]
  return `${ctx.publicUrl}/l/${hiddenToken(ctx, purpose, value)}`
}

export interface OpenedConfirmation {
  leadId: string
  email: string
  expired: boolean
}

/** What a token opens; undefined unless this tenant made it, byte by byte. */
export function openConfirmation(ctx: Context, token: string): OpenedConfirmation | undefined {
  const value = revealedToken(ctx, purpose, token)
  if (!Array.isArray(value) || value[0] !== ctx.tenant.id) return undefined
  const [, lead, email, lastDay] = value as [string, string, string, number]
  return { leadId: `led_${lead}`, email, expired: dayNumber(ctx.now()) > lastDay }
}
