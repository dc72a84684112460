import * as z from 'zod'
import { actorOf, allowed, knownUsers, type User } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import type { Locale } from '../../kernel/text.ts'
import { type SendOutcome, sendNotice } from '../../platform/index.ts'
import { find } from '../../store/read.ts'
import { readTally } from '../../store/tally.ts'
import { campaigns, progressKey } from './campaign.table.ts'
import { type Campaign, type PauseReason, pauseReasons } from './campaign.ts'

/** What somebody is told of a campaign that stopped by itself. */
export const PauseNotice = z.object({ eventId: z.string(), campaignId: z.string(), userId: z.string(), reason: z.enum(pauseReasons) })
export type PauseNotice = z.output<typeof PauseNotice>

interface Texts {
  subject(name: string): string
  reasons: Record<Exclude<PauseReason, 'asked'>, string>
  numbers(sent: number, bounced: number, complained: number): string
  fault(fault: NonNullable<Campaign['fault']>): string
  next: string
}

const texts: Record<Locale, Texts> = {
  en: {
    subject: (name) => `Campaign “${name}” has stopped`,
    reasons: {
      bounces: 'Too many of its mails came back: 4 % or more. Mailboxes block senders who go on like this.',
      complaints: 'Too many recipients reported its mails as spam: 0.08 % or more.',
      refused: 'SES refused ten mails in a row. Mostly the sender is not verified, or the account is held back.',
      'launcher-gone': 'Whoever launched it has no access any more, so it is not known whom it may reach.',
      audience: 'Its segment is gone.',
      template: 'Its mail cannot be made for one of the recipients. Nothing was sent.',
    },
    numbers: (sent, bounced, complained) => `So far: ${sent} sent, ${bounced} came back, ${complained} complaints.`,
    fault: ({ contactId, field, message }) => `Contact ${contactId}, ${field}: ${message}`,
    next: 'No further mail goes out until somebody resumes it. Whoever got it does not get it again.',
  },
  'zh-CN': {
    subject: (name) => `营销活动“${name}”已自动暂停`,
    reasons: {
      bounces: '退信过多（4% 或以上）。继续发送会被邮箱服务商屏蔽。',
      complaints: '收件人投诉过多（0.08% 或以上）。',
      refused: 'SES 连续拒收十封邮件，通常是发件人未验证或账号受限。',
      'launcher-gone': '启动该活动的人员已无权限，无法确定可发送的范围。',
      audience: '其客户细分已不存在。',
      template: '无法为其中一位收件人生成邮件。尚未发送任何邮件。',
    },
    numbers: (sent, bounced, complained) => `目前：已发送 ${sent} 封，退信 ${bounced} 封，投诉 ${complained} 次。`,
    fault: ({ contactId, field, message }) => `联系人 ${contactId}，${field}：${message}`,
    next: '恢复之前不会再发送任何邮件；已收到的人不会重复收到。',
  },
}

const mayLaunch = (user: User) => user.active && allowed(actorOf(user), 'campaigns.launch')

/** The owner of the campaign; where that is nobody any more, everybody who may launch one. */
export async function toldOfPause(ctx: Context, campaignId: string): Promise<string[]> {
  const [users, campaign] = await Promise.all([knownUsers(ctx), find(ctx, campaigns, campaignId)])
  const owner = users.find(({ id, active }) => active && id === campaign?.ownerId)
  return (owner ? [owner] : users.filter(mayLaunch)).map(({ id }) => id)
}

/** Mails one of them, once for each time that it stopped. `nothing-due` when it goes on by now. */
export async function sendPauseNotice(ctx: Context, notice: PauseNotice): Promise<SendOutcome | 'nothing-due'> {
  const [users, campaign] = await Promise.all([knownUsers(ctx), find(ctx, campaigns, notice.campaignId)])
  const user = users.find(({ id }) => id === notice.userId)
  if (!user?.active || campaign?.status !== 'paused' || notice.reason === 'asked') return 'nothing-due'
  const { sent = 0, bounced = 0, complained = 0 } = await readTally(ctx, progressKey(campaign.id))
  const reason = notice.reason
  const noticeIn = (locale: Locale) => {
    const { subject, reasons, numbers, fault, next } = texts[locale]
    const faults = campaign.fault ? [fault(campaign.fault)] : []
    return { subject: subject(campaign.name), paragraphs: [reasons[reason], ...faults, numbers(sent, bounced, complained), next] }
  }
  return sendNotice(ctx, { key: ['campaign-paused', notice.eventId, notice.userId], to: user, noticeIn })
}
