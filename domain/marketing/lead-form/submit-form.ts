import type { Context } from '../../kernel/context.ts'
import { keyedHash } from '../../kernel/signing.ts'
import type { Locale } from '../../kernel/text.ts'
import { find } from '../../store/read.ts'
import { countUse } from '../../store/use.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import { captureLead, type FormOrigin } from '../lead/capture-lead.ts'
import { CreateLead, type LeadInput } from '../lead/lead.ts'
import { consentVersion, type LeadForm } from './lead-form.ts'

/** A field that people do not see: whoever fills it in is a program. */
export const trap = 'homepage'
export const consentBox = 'consent'

export type FieldFault = 'required' | 'invalid' | 'too-long'
interface Submission {
  form: Record<string, string>
  /** Where it was sent from; kept nowhere but as a keyed hash that counts. */
  ip: string
  locale: Locale
}
type Submitted =
  | { is: 'sent'; toConfirm: boolean }
  | { is: 'limited' }
  | { is: 'faulty'; faults: Record<string, FieldFault>; entered: Record<string, string>; isTicked: boolean }

const limitPurpose = 'lead-form-address'

/** Counts the submission; true when the form, or this address, has sent more than the form takes in ten minutes. */
async function isTooMany(ctx: Context, { id, limits }: LeadForm, ip: string): Promise<boolean> {
  const at = Date.parse(ctx.now())
  const from = keyedHash(ctx.tenant.signingKey, limitPurpose, ip).slice(0, 22)
  const one = await countUse(ctx, { name: 'lead-form-from', of: `${id} ${from}`, at })
  // Whoever is over the limit alone does not use up what is everybody's.
  if (one.window > limits.fromOneAddress) return true
  return (await countUse(ctx, { name: 'lead-form', of: id, at })).window > limits.inTenMinutes
}

/** Browsers end lines with CR LF and count them as one. */
const typed = (text: string | undefined) => (text ?? '').replaceAll('\r\n', '\n').trim()

function entered(form: LeadForm, sent: Record<string, string>): Record<string, string> {
  const names = ['name', ...form.fields.map(({ name }) => name)]
  return Object.fromEntries(names.map((name) => [name, typed(sent[name])]).filter(([, text]) => text !== '') as [string, string][])
}

/** What is wrong with what was typed, by field. */
function faultsIn(form: LeadForm, values: Record<string, string>): Record<string, FieldFault> {
  const required = ['name', ...form.fields.filter((field) => field.required).map(({ name }) => name)]
  const ways = form.fields.map(({ name }) => name).filter((name) => name === 'email' || name === 'phone' || name === 'wechat')
  const needed = form.doubleOptIn ? [...required, 'email'] : ways.some((way) => values[way]) ? required : [...required, ways[0]!]
  const missing = needed.filter((name) => !values[name]).map((name) => [name, 'required'] as const)
  const parsed = CreateLead.safeParse(values)
  const issues = parsed.success ? [] : parsed.error.issues
  const wrong = issues.map(
    ({ path, code }) => [String(path[0]), code === 'too_big' ? ('too-long' as const) : ('invalid' as const)] as const,
  )
  return Object.fromEntries([...wrong, ...missing])
}

/** The campaign that a link to the form named, when there is one; a stranger's word counts for no more. */
async function campaignOf(ctx: Context, form: LeadForm, named: string | undefined): Promise<string | undefined> {
  const campaign = named ? await find(ctx, campaigns, named) : undefined
  return campaign?.id ?? form.campaignId
}

/** What is agreed to by a tick; nothing where the form asks for none, or it was left alone. */
function agreed(form: LeadForm, sent: Record<string, string>) {
  if (!form.consentText || sent[consentBox] !== 'yes') return undefined
  return { source: `form: ${form.name}`, textVersion: `v${consentVersion(form)}` }
}

/**
 * Takes what somebody sent by a form. A program that fell into the trap is answered as people are, and nothing is kept. With
 * double opt-in the lead waits for its address to be confirmed; without it, consent is recorded at once.
 */
export async function submitForm(ctx: Context, form: LeadForm, { form: sent, ip, locale }: Submission): Promise<Submitted> {
  if (await isTooMany(ctx, form, ip)) return { is: 'limited' }
  if (sent[trap]) return { is: 'sent', toConfirm: form.doubleOptIn }
  const values = entered(form, sent)
  const faults = faultsIn(form, values)
  if (Object.keys(faults).length > 0) return { is: 'faulty', faults, entered: values, isTicked: sent[consentBox] === 'yes' }
  const consent = agreed(form, sent)
  const campaignId = await campaignOf(ctx, form, sent.c)
  const input = {
    ...CreateLead.parse(values),
    source: form.source ?? form.name,
    locale,
    ...(campaignId ? { campaignId } : {}),
  } as LeadInput
  const origin: FormOrigin = { formId: form.id, ...(form.doubleOptIn ? { pendingConsent: consent ?? {} } : {}) }
  const given = consent && !form.doubleOptIn ? { consent: { at: ctx.now(), ...consent } } : {}
  await captureLead(ctx, { ...input, ...given }, origin)
  return { is: 'sent', toConfirm: form.doubleOptIn }
}
