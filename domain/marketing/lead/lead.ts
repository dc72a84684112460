import * as z from 'zod'
import { UserId } from '../../identity/index.ts'
import { Instant } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { idOf } from '../../kernel/ids.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { shapesOf } from '../../kernel/resource.ts'
import type { StateTable } from '../../kernel/states.ts'
import { Country, Email, Locale, line, Phone, paragraph } from '../../kernel/text.ts'

const LeadId = idOf('led').meta({ description: 'Id of a lead', example: 'led_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })
export const LeadFormId = idOf('lfm').meta({ description: 'Id of a form for leads' })
export const LeadCampaignId = idOf('cmp').meta({ description: 'The campaign that brought it.' })

/** What somebody agreed to, as it can be proved later. */
const Consent = z
  .strictObject({
    at: Instant,
    source: line(200).meta({ description: 'How it was given, such as `form: Autumn fair`.' }),
    textVersion: line(60).nullish().meta({ description: 'Which wording was agreed to.' }),
  })
  .meta({ id: 'Consent', description: 'When, how and to which text consent to marketing mail was given.' })

const fields = {
  name: line(100),
  company: line(200),
  title: line(100).meta({ description: 'Position in the firm.' }),
  email: Email.meta({ description: 'One open lead for each address.' }),
  phone: Phone,
  wechat: line(100),
  industry: line(100),
  country: Country,
  province: line(100),
  city: line(100),
  message: paragraph(2000).meta({ description: 'What the person wrote.' }),
  source: line(100).meta({ description: 'Where it came from; stays as it was when it first came.' }),
  campaignId: LeadCampaignId,
  ownerId: UserId.meta({ description: 'Who works on it. Left out: who creates it, else by the rules; null: nobody yet.' }),
  locale: Locale.meta({ description: 'The language to write in.' }),
  consent: Consent,
  notes: paragraph(4000),
}

/** The same person again: what was said and where. */
const Capture = z.object({
  at: Instant,
  source: z.string().nullable().default(null),
  campaignId: z.string().nullable().default(null),
  message: z.string().nullable().default(null),
})
const StoredCapture = z.object({
  at: Instant,
  source: z.string().optional(),
  campaignId: z.string().optional(),
  message: z.string().optional(),
})

/** What a form asked consent to, until the address is confirmed. */
const PendingConsent = z.object({ source: z.string().optional(), textVersion: z.string().optional() })
export type PendingConsent = z.output<typeof PendingConsent>

const Conversion = z.object({
  customerId: z.string(),
  contactId: z.string(),
  outcome: z.enum(['created', 'linked']).meta({ description: 'Whether a customer was made of it, or it went to one that was there.' }),
  at: Instant,
  by: z.string(),
})

/** `unconfirmed`: came by a form, and the address has not been confirmed yet. */
export const leadStatuses = ['unconfirmed', 'new', 'working', 'qualified', 'converted', 'disqualified'] as const
export type LeadStatus = (typeof leadStatuses)[number]
export type LeadAction = 'confirm' | 'work' | 'qualify' | 'disqualify' | 'reopen' | 'convert'

export const leadStates: StateTable<LeadStatus, LeadAction> = {
  unconfirmed: { confirm: 'new', disqualify: 'disqualified' },
  new: { work: 'working', qualify: 'qualified', disqualify: 'disqualified', convert: 'converted' },
  working: { qualify: 'qualified', disqualify: 'disqualified', convert: 'converted' },
  qualified: { work: 'working', disqualify: 'disqualified', convert: 'converted' },
  converted: {},
  disqualified: { reopen: 'working' },
}

const shapes = shapesOf('Lead', LeadId, fields, ['name'], {
  status: z.enum(leadStatuses),
  score: z.int().default(0).meta({ description: 'By the rules of the firm as they are now.' }),
  scoredBy: z
    .array(z.object({ rule: z.string(), points: z.int() }))
    .default([])
    .meta({ description: 'The rules that hold, with their points.' }),
  formId: LeadFormId.nullable().default(null),
  captures: z.array(Capture).default([]).meta({ description: 'When it came again, the latest first; at most 10 are kept.' }),
  captureCount: z.int().default(1).meta({ description: 'How often it came.' }),
  confirmedAt: Instant.nullable().default(null).meta({ description: 'When the address was confirmed by the link in a mail.' }),
  disqualifiedBecause: z.string().nullable().default(null),
  converted: Conversion.nullable().default(null),
})

export const CreateLead = shapes.create
export const ChangeLead = shapes.patch.omit({ source: true, campaignId: true, consent: true, ownerId: true }).meta({ id: 'ChangeLead' })
export const Lead = shapes.resource
export const LeadRecord = shapes.record.extend({
  status: z.enum(leadStatuses),
  formId: z.string().optional(),
  captures: z.array(StoredCapture).optional(),
  captureCount: z.int().optional(),
  confirmedAt: Instant.optional(),
  disqualifiedBecause: z.string().optional(),
  converted: Conversion.optional(),
  /** When somebody could begin to work on it, and when it was first found worth it: each counts once for its campaign. */
  openedAt: Instant.optional(),
  pendingConsent: PendingConsent.optional(),
  qualifiedAt: Instant.optional(),
})
export type Lead = z.output<typeof LeadRecord>
/** What somebody says of a lead, by the API, a form or a sheet. */
export type LeadInput = z.output<typeof CreateLead>

/** Somebody may still make a customer of it. An address belongs to at most one lead that is open. */
export const isOpen = ({ status }: Lead): boolean => status !== 'converted' && status !== 'disqualified'

/** 422 `lead.unreachable` for somebody who can be neither written to nor called. */
export function requireReachable({ email, phone, wechat }: Pick<Lead, 'email' | 'phone' | 'wechat'>): void {
  if (email || phone || wechat) return
  const message = 'A lead needs an e-mail address, a telephone number or a WeChat id.'
  throw new Problem('invalid', 'lead.unreachable', message, { errors: [{ pointer: '/email', code: 'lead.unreachable', message }] })
}

const mostCaptures = 10
/** What decides how it came, and whose it is: never taken from a later capture. */
const kept = ['source', 'campaignId', 'ownerId', 'consent', 'externalId', 'message']

/** The lead with what came again: it gains what it lacked, and keeps what it says already. */
export function captured(lead: Lead, input: Partial<LeadInput>, at: string): Lead {
  const given = compact(input) as Partial<Lead>
  const gained = Object.entries(given).filter(([name]) => !kept.includes(name) && lead[name as keyof Lead] === undefined)
  const { source, campaignId, message } = given
  const capture = { at, ...(source ? { source } : {}), ...(campaignId ? { campaignId } : {}), ...(message ? { message } : {}) }
  return {
    ...lead,
    ...Object.fromEntries(gained),
    captures: [capture, ...(lead.captures ?? [])].slice(0, mostCaptures),
    captureCount: (lead.captureCount ?? 1) + 1,
  }
}
