import * as z from 'zod'
import { Instant } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { shapesOf } from '../../kernel/resource.ts'
import { Locale, line, paragraph } from '../../kernel/text.ts'
import { LeadCampaignId, LeadFormId } from '../lead/lead.ts'

/** What a form may ask for besides the name, which it always asks for. */
const askable = ['company', 'title', 'email', 'phone', 'wechat', 'industry', 'province', 'city', 'message'] as const
export type Askable = (typeof askable)[number]

const Asked = z.strictObject({ name: z.enum(askable), required: z.boolean().default(false) }).meta({ id: 'LeadFormField' })
const Limits = z
  .strictObject({
    inTenMinutes: z.int().min(1).max(100_000).default(200).meta({ description: 'From everybody together.' }),
    fromOneAddress: z.int().min(1).max(10_000).default(10).meta({ description: 'From one address on the network.' }),
  })
  .meta({ id: 'LeadFormLimits', description: 'How often the form is taken in ten minutes.' })

const fields = {
  name: line(100).meta({ description: 'What colleagues call it; part of the source of consent.' }),
  heading: line(120).meta({ description: 'Above the form.' }),
  intro: paragraph(1000),
  thanks: paragraph(1000).meta({ description: 'What is shown once it is sent.' }),
  fields: z
    .array(Asked)
    .min(1)
    .max(askable.length)
    .meta({ description: 'What it asks for besides the name, in this order. Left out: company, e-mail, telephone, message.' }),
  consentText: paragraph(2000).meta({ description: 'What one agrees to by a tick. Null: no consent is asked for.' }),
  doubleOptIn: z
    .boolean()
    .meta({ description: 'The address is confirmed by a link in a mail before anybody works on the lead. Left out: true.' }),
  source: line(100).meta({ description: 'Source of its leads. Left out: its name.' }),
  campaignId: LeadCampaignId,
  locale: Locale.meta({ description: 'Its language. Left out: that of the firm.' }),
  active: z.boolean().meta({ description: 'False: it is closed, and its address says so.' }),
  limits: Limits,
}

/** Every wording of the consent that was ever asked for, so that it can be shown what somebody agreed to. */
const Wording = z.object({ version: z.int(), text: z.string(), since: Instant })

const shapes = shapesOf('LeadForm', LeadFormId, fields, ['name'], {
  url: z.string().meta({ description: 'Where it stands for everybody; a form of your own may be sent there too.' }),
  consentVersion: z.int().default(0).meta({ description: 'Counts the wordings; 0 while there is none.' }),
  wordings: z.array(Wording).default([]).meta({ description: 'The wordings of the consent so far, the latest first.' }),
})

const settled = {
  fields: fields.fields.default([{ name: 'company', required: false }]),
  doubleOptIn: fields.doubleOptIn.default(true),
  active: fields.active.default(true),
  limits: fields.limits.default({ inTenMinutes: 200, fromOneAddress: 10 }),
}

export const CreateLeadForm = shapes.create
export const ChangeLeadForm = shapes.patch
  .extend({
    doubleOptIn: fields.doubleOptIn.optional(),
    active: fields.active.optional(),
    fields: fields.fields.optional(),
    limits: Limits.partial().optional(),
  })
  .meta({ id: 'ChangeLeadForm' })
export const LeadForm = shapes.resource.extend(settled).meta({ id: 'LeadForm' })
export const LeadFormRecord = shapes.record.extend({
  fields: fields.fields,
  doubleOptIn: fields.doubleOptIn,
  active: fields.active,
  limits: Limits,
  wordings: z.array(Wording).optional(),
})
export type LeadForm = z.output<typeof LeadFormRecord>

/** What a form is when nothing else is said. */
export const formDefaults = {
  fields: [
    { name: 'company', required: false },
    { name: 'email', required: true },
    { name: 'phone', required: false },
    { name: 'message', required: false },
  ],
  doubleOptIn: true,
  active: true,
  limits: { inTenMinutes: 200, fromOneAddress: 10 },
} as const

/** The number of the wording that the form shows; 0 for a form that asks no consent. */
export const consentVersion = ({ wordings = [] }: LeadForm): number => wordings[0]?.version ?? 0

/** The form with its wording kept, where that is another one than before. */
export function withWording(form: LeadForm, at: string): LeadForm {
  const { wordings = [], consentText } = form
  if (!consentText || wordings[0]?.text === consentText) return form
  return { ...form, wordings: [{ version: consentVersion(form) + 1, text: consentText, since: at }, ...wordings].slice(0, 100) }
}

/** 422 for a form that asks for something twice, for no way to reach the person, or confirms an address that it does not ask for. */
export function requireSoundForm({ fields: asked, doubleOptIn }: LeadForm): void {
  const names = asked.map(({ name }) => name)
  if (new Set(names).size !== names.length) throw invalid('lead-form.field-twice', '/fields', 'A form asks for each thing once.')
  if (!names.some((name) => name === 'email' || name === 'phone' || name === 'wechat'))
    throw invalid('lead-form.unreachable', '/fields', 'A form asks for an e-mail address, a telephone number or a WeChat id.')
  if (doubleOptIn && !names.includes('email'))
    throw invalid('lead-form.no-email', '/doubleOptIn', 'An address can be confirmed only where the form asks for one (email).')
}
