import * as z from 'zod'
import { Instant, TimeZone } from '../../kernel/dates.ts'
import { Currency } from '../../kernel/money.ts'
import { Email, Locale, line } from '../../kernel/text.ts'
import { WorkCalendar } from '../../kernel/work-calendar.ts'
import { DunningSettings } from './dunning-settings.ts'
import { changedFinanceSettings, shownFinanceSettings, storedFinanceSettings } from './finance-settings.ts'
import { LetterheadSettings } from './letterhead-settings.ts'
import { AdSubjectMark, defaultMailRate, MailCap, MailingLists, MailRate, ReplyDomain, RequireConsent } from './marketing-settings.ts'
import { ChangeNumbering, Numbering, ShownNumbering } from './numbering.ts'
import { PoolRules } from './pool-rules.ts'
import { dormantDays, overDeliveryPercent } from './sales-settings.ts'

const Sender = z.strictObject({ name: line(100), email: Email.optional() })

const settings = {
  name: line(200),
  timeZone: TimeZone.meta({ description: 'IANA time zone; business dates are days of this zone.' }),
  currency: Currency.meta({ description: 'Base currency of the books; it stays once there is a document or a posting.' }),
  locale: Locale.meta({ description: 'Language of mails and pages, unless a user has an own one.' }),
  reminderHour: z.int().min(0).max(23).meta({ description: 'Local hour of the daily reminder mail.' }),
  calendar: WorkCalendar.meta({ description: 'Working days (1 = Monday … 7 = Sunday) and holidays.' }),
  sender: Sender.meta({ description: 'Who mails are from. The address must belong to an identity verified with SES.' }),
  postalAddress: line(500).meta({ description: 'Stands in marketing mails, as the law wants it.' }),
  mailingLists: MailingLists,
  adSubjectMark: AdSubjectMark,
  requireConsent: RequireConsent,
  mailRate: MailRate,
  replyDomain: ReplyDomain,
  mailCap: MailCap,
  unusualExport: z.int().min(1).max(1_000_000).meta({
    description: 'Rows that one person may export on a day before the admins are told. Null: 5,000.',
  }),
  poolRules: PoolRules.meta({ description: 'Quota, cap, cooling and reclaim of the public pool. Null: no limits, nothing is reclaimed.' }),
}

/** The tenant and its settings, as `/v1/tenant` shows them. */
export const Tenant = z
  .object({
    id: z.string(),
    ...settings,
    sender: settings.sender.nullable().default(null),
    postalAddress: settings.postalAddress.nullable().default(null),
    mailingLists: settings.mailingLists.default([]),
    adSubjectMark: settings.adSubjectMark.nullable().default(null),
    requireConsent: settings.requireConsent.default(false),
    mailRate: settings.mailRate.default(defaultMailRate),
    replyDomain: settings.replyDomain.nullable().default(null),
    mailCap: settings.mailCap.nullable().default(null),
    unusualExport: settings.unusualExport.nullable().default(null),
    poolRules: settings.poolRules.nullable().default(null),
    letterhead: LetterheadSettings.nullable().default(null),
    dunning: DunningSettings.default([]),
    numbering: ShownNumbering.meta({ description: 'How documents are numbered.' }),
    ...shownFinanceSettings,
    overDeliveryPercent: overDeliveryPercent.default(0),
    dormantDays: dormantDays.nullable().default(null),
    version: z.int(),
    createdAt: Instant,
    createdBy: z.string(),
    updatedAt: Instant,
  })
  .meta({ id: 'Tenant' })

/** A change of settings, merged into what is there; null goes back to what holds when nothing is said. */
export const ChangeTenant = z
  .strictObject({
    name: settings.name.optional(),
    timeZone: settings.timeZone.optional(),
    currency: settings.currency.optional(),
    locale: settings.locale.optional(),
    reminderHour: settings.reminderHour.optional(),
    calendar: WorkCalendar.partial().optional().meta({ description: 'Working days (1 = Monday … 7 = Sunday) and holidays.' }),
    sender: Sender.extend({ email: Email.nullish() }).partial().nullish(),
    postalAddress: settings.postalAddress.nullish(),
    mailingLists: settings.mailingLists.nullish(),
    adSubjectMark: settings.adSubjectMark.nullish(),
    requireConsent: settings.requireConsent.optional(),
    mailRate: settings.mailRate.optional(),
    replyDomain: settings.replyDomain.nullish(),
    mailCap: settings.mailCap.nullish(),
    unusualExport: settings.unusualExport.nullish(),
    poolRules: settings.poolRules.nullish(),
    letterhead: LetterheadSettings.nullish(),
    dunning: DunningSettings.nullish(),
    numbering: ChangeNumbering.nullish().meta({ description: 'How documents are numbered; null for a kind goes back to our pattern.' }),
    ...changedFinanceSettings,
    overDeliveryPercent: overDeliveryPercent.nullish(),
    dormantDays: dormantDays.nullish(),
  })
  .meta({ id: 'ChangeTenant' })

export const TenantRecord = z.object({
  id: z.string(),
  version: z.int(),
  createdAt: Instant,
  createdBy: z.string(),
  updatedAt: Instant,
  ...settings,
  sender: settings.sender.optional(),
  postalAddress: settings.postalAddress.optional(),
  mailingLists: settings.mailingLists.optional(),
  adSubjectMark: settings.adSubjectMark.optional(),
  requireConsent: settings.requireConsent.optional(),
  mailRate: settings.mailRate.optional(),
  replyDomain: settings.replyDomain.optional(),
  mailCap: settings.mailCap.optional(),
  unusualExport: settings.unusualExport.optional(),
  poolRules: settings.poolRules.optional(),
  poolRulesSince: Instant.optional(),
  letterhead: LetterheadSettings.optional(),
  dunning: DunningSettings.optional(),
  numbering: Numbering.optional(),
  ...storedFinanceSettings,
  overDeliveryPercent: overDeliveryPercent.optional(),
  dormantDays: dormantDays.optional(),
  dormantSince: Instant.optional(),
  signingKey: z.string(),
  marksEvents: z.literal(true).optional(),
})
export type Tenant = z.output<typeof TenantRecord>

/** What a tenant starts with when nothing else is said: a firm in China. */
export const tenantDefaults = {
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  locale: 'zh-CN' as const,
  reminderHour: 8,
  calendar: { workdays: [1, 2, 3, 4, 5], holidays: [] },
}
