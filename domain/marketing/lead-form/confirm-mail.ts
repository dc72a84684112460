import * as z from 'zod'
import { readTenant, senderOf } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { html, oneLine, toText } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { type SendOutcome, sendOnce } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { countUse } from '../../store/use.ts'
import { leads } from '../lead/lead.table.ts'
import type { Lead } from '../lead/lead.ts'
import { findSuppression } from '../suppression/suppression.table.ts'
import { everything } from '../suppression/suppression.ts'
import { confirmUrl } from './form-links.ts'

/** The mail that asks whether an address is the person's own: one for each time that a form was sent. */
export const ConfirmMail = z.object({ leadId: z.string(), eventId: z.string() })
export type ConfirmMail = z.output<typeof ConfirmMail>

/** Nothing of what was typed stands in it: a form is not to carry a stranger's words to somebody else's mailbox. */
const texts: Record<Locale, { subject(firm: string): string; lines(firm: string): string[]; button: string; ignore: string }> = {
  en: {
    subject: (firm) => `Please confirm your address for ${firm}`,
    lines: (firm) => [`Somebody left this address in a form of ${firm}.`, 'If it was you, please confirm it:'],
    button: 'Confirm my address',
    ignore: 'If it was not you, there is nothing to do: without your confirmation we do not write again. The link is valid for 14 days.',
  },
  'zh-CN': {
    subject: (firm) => `请确认您的邮箱 - ${firm}`,
    lines: (firm) => [`有人在 ${firm} 的表单中填写了这个邮箱。`, '如果是您本人，请点击确认：'],
    button: '确认邮箱',
    ignore: '如果不是您本人，请忽略此邮件，我们不会再次来信。链接 14 天内有效。',
  },
}

/** A form is no means to fill somebody's mailbox. */
const mostOfDay = 3

const isWaiting = (lead: Lead | undefined): lead is Lead =>
  lead?.email !== undefined && lead.confirmedAt === undefined && lead.pendingConsent !== undefined

/** Whether a lead that came by a form is to be asked: not when it is confirmed, was asked often today, or its address bounces or complained. */
export async function confirmMailOf(ctx: Context, told: ConfirmMail): Promise<ConfirmMail | undefined> {
  const lead = await find(ctx, leads, told.leadId, { consistent: true })
  if (!isWaiting(lead)) return undefined
  const suppression = await findSuppression(ctx, lead.email!, everything)
  if (suppression && suppression.reason !== 'unsubscribed') return undefined
  const { day } = await countUse(ctx, { name: 'lead-confirm', of: lead.id, at: Date.parse(ctx.now()) })
  return day > mostOfDay ? undefined : told
}

/** Asks whether the address is the person's own, once for each event. `nothing-due` once it is confirmed or the lead is gone. */
export async function sendConfirmMail(ctx: Context, { leadId, eventId }: ConfirmMail): Promise<SendOutcome | 'nothing-due'> {
  const [tenant, lead] = await Promise.all([readTenant(ctx), find(ctx, leads, leadId, { consistent: true })])
  if (!isWaiting(lead)) return 'nothing-due'
  const locale = lead.locale ?? tenant.locale
  const { subject, lines, button, ignore } = texts[locale]
  const firm = oneLine(tenant.name)
  const url = confirmUrl(ctx, { leadId, email: lead.email! })
  const from = senderOf(tenant)
  const compose = () => ({
    ...{ from, to: lead.email!, subject: oneLine(subject(firm)), text: `${[...lines(firm), url, ignore].join('\n\n')}\n` },
    html: toText(
      html`<!doctype html><html lang="${locale}"><body>${lines(firm).map((line) => html`<p>${line}</p>`)}<p><a href="${url}">${button}</a></p><p>${ignore}</p></body></html>`,
    ),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  return sendOnce(ctx, { key: ['lead-confirm', leadId, eventId], compose })
}
