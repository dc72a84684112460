import * as z from 'zod'
import { knownUsers } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { sendNotice } from '../mail/send-notice.ts'
import type { SendOutcome } from '../mail/send-once.ts'

/** What an admin is told: who exported how much, and what is usual. */
export const ExportAlarm = z.object({
  exportId: z.string(),
  /** The admin. */
  adminId: z.string(),
  /** Who exported. */
  userId: z.string(),
  kind: z.string(),
  rows: z.int(),
  rowsOfDay: z.int(),
  usual: z.int(),
  on: z.string(),
})
export type ExportAlarm = z.output<typeof ExportAlarm>

interface Texts {
  subject(who: string, rows: number): string
  lines(who: string, alarm: ExportAlarm): string[]
}

const texts: Record<Locale, Texts> = {
  en: {
    subject: (who, rows) => `${who} exported ${rows.toLocaleString('en')} rows today`,
    lines: (who, { kind, rows, rowsOfDay, usual, on, exportId }) => [
      `${who} has exported ${rowsOfDay.toLocaleString('en')} rows on ${on}, the last time ${rows.toLocaleString('en')} of ${kind}. Up to ${usual.toLocaleString('en')} a day count as usual.`,
      `If that was not agreed, end the access of this person and look at export ${exportId} in the audit trail.`,
      'The number is set by unusualExport of the tenant.',
    ],
  },
  'zh-CN': {
    subject: (who, rows) => `${who} 今天导出了 ${rows.toLocaleString('en')} 行数据`,
    lines: (who, { kind, rows, rowsOfDay, usual, on, exportId }) => [
      `${who} 在 ${on} 共导出 ${rowsOfDay.toLocaleString('en')} 行，最近一次为 ${kind} ${rows.toLocaleString('en')} 行。每天不超过 ${usual.toLocaleString('en')} 行视为正常。`,
      `如未经同意，请停用该用户，并在审计记录中查看导出 ${exportId}。`,
      '该数量由租户设置 unusualExport 决定。',
    ],
  },
}

/** A mail for each admin with access, whoever exported: the access of an admin too may be in wrong hands. */
export async function alarmsOf(ctx: Context, told: Omit<ExportAlarm, 'adminId'>): Promise<ExportAlarm[]> {
  const admins = (await knownUsers(ctx)).filter(({ active, roles }) => active && roles.includes('admin'))
  return admins.map(({ id }) => ({ ...told, adminId: id }))
}

/** Mails one admin, once for each export. `nothing-due` for an admin without access by now. */
export async function sendExportAlarm(ctx: Context, alarm: ExportAlarm): Promise<SendOutcome | 'nothing-due'> {
  const users = await knownUsers(ctx)
  const admin = users.find(({ id }) => id === alarm.adminId)
  if (!admin?.active) return 'nothing-due'
  const who = oneLine(users.find(({ id }) => id === alarm.userId)?.name ?? alarm.userId)
  const noticeIn = (locale: Locale) => ({
    subject: texts[locale].subject(who, alarm.rowsOfDay),
    paragraphs: texts[locale].lines(who, alarm),
  })
  return sendNotice(ctx, { key: ['export-alarm', alarm.exportId, alarm.adminId], to: admin, noticeIn })
}
