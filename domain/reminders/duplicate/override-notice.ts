import * as z from 'zod'
import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { customers } from '../../parties/index.ts'
import { type SendOutcome, sendNotice } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { countUse } from '../../store/use.ts'

/** What a manager is told of a customer that was taken although it seemed to be there already. */
export const OverrideNotice = z.object({
  eventId: z.string(),
  /** Who is told. */
  managerId: z.string(),
  /** Who did it. */
  userId: z.string(),
  customerId: z.string(),
  candidateIds: z.array(z.string()),
  reason: z.string(),
})
export type OverrideNotice = z.output<typeof OverrideNotice>

interface Told {
  who: string
  name: string
  others: string
  reason: string
}

interface Texts {
  subject(told: Told): string
  lines(told: Told): string[]
}

const texts: Record<Locale, Texts> = {
  en: {
    subject: ({ who, name }) => `${who} took ${name} in spite of a suspected duplicate`,
    lines: ({ who, name, others, reason }) => [
      `${who} created or changed the customer ${name} although it seems to be: ${others}.`,
      `The reason given: ${reason}`,
      'If they are one customer, merge them.',
    ],
  },
  'zh-CN': {
    subject: ({ who, name }) => `${who} 忽略查重提示，保存了客户 ${name}`,
    lines: ({ who, name, others, reason }) => [
      `${who} 新建或修改了客户 ${name}，系统认为它可能与以下客户重复：${others}。`,
      `填写的理由：${reason}`,
      '如果确为同一客户，请将其合并。',
    ],
  },
}

/** Who imports a list is not to fill a mailbox: all of them stand in the audit trail. */
const mostOfDay = 20

/** The notice for the manager of who did it. None without a manager, nor of one person more than 20 a day. */
export async function noticeOf(ctx: Context, told: Omit<OverrideNotice, 'managerId'>): Promise<OverrideNotice | undefined> {
  const users = await knownUsers(ctx)
  const managerId = users.find(({ id }) => id === told.userId)?.managerId
  if (!managerId || !users.some(({ id, active }) => id === managerId && active)) return undefined
  const { day } = await countUse(ctx, { name: 'override-notice', of: told.userId, at: Date.parse(ctx.now()) })
  return day > mostOfDay ? undefined : { ...told, managerId }
}

/** Mails one manager, once for each event. `nothing-due` for one without access, or when the customer is gone. */
export async function sendOverrideNotice(ctx: Context, notice: OverrideNotice): Promise<SendOutcome | 'nothing-due'> {
  const users = await knownUsers(ctx)
  const manager = users.find(({ id }) => id === notice.managerId)
  const customer = await find(ctx, customers, notice.customerId)
  if (!manager?.active || !customer) return 'nothing-due'
  const found = await Promise.all(notice.candidateIds.slice(0, 5).map((id) => find(ctx, customers, id)))
  const others = found.map((other) => other?.name).filter((name) => name !== undefined)
  const told = {
    who: oneLine(users.find(({ id }) => id === notice.userId)?.name ?? notice.userId),
    name: oneLine(customer.name),
    others: others.map((other) => oneLine(other)).join('; '),
    reason: oneLine(notice.reason),
  }
  const noticeIn = (locale: Locale) => ({ subject: texts[locale].subject(told), paragraphs: texts[locale].lines(told) })
  return sendNotice(ctx, { key: ['duplicate-override', notice.eventId, notice.managerId], to: manager, noticeIn })
}
