import { type Html, html, oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import { pageFrame } from '../../platform/index.ts'
import type { Askable, LeadForm } from './lead-form.ts'
import { type FormOutcome, formTexts } from './page-texts.ts'
import { consentBox, type FieldFault, trap } from './submit-form.ts'

interface Frame {
  locale: Locale
  nonce: string
  tenantName?: string | undefined
}

interface ShownForm extends Frame {
  form: LeadForm
  campaignId?: string | undefined
  faults?: Record<string, FieldFault>
  entered?: Record<string, string>
  /** Consent was ticked already. */
  isTicked?: boolean
}

/** Where the trap is no screen shows it, and no keyboard or reader comes to it. */
const style = html`
input:not([type=checkbox]):not([type=hidden]){display:block;width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--edge);border-radius:12px;background:var(--field);color:var(--ink);font:inherit}
[aria-invalid=true]{border-color:var(--red)!important}
.wrong{margin-top:6px;color:var(--red);font-size:14px}
form>label.name:first-child{margin-top:0}
.must{color:var(--faint);font-weight:400;font-size:14px}
.agree{display:flex;gap:10px;margin-top:18px;align-items:flex-start}
.agree input{flex:none;width:24px;height:24px;margin:0}
.agree span{white-space:pre-line}
.intro,.result p{white-space:pre-line}
.intro{margin-top:8px;color:var(--soft)}
.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
`

const kinds: Partial<Record<'name' | Askable, { type: string; autocomplete: string }>> = {
  name: { type: 'text', autocomplete: 'name' },
  company: { type: 'text', autocomplete: 'organization' },
  title: { type: 'text', autocomplete: 'organization-title' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
}

/** What the input of a lead takes (lead.ts): a browser stops there by itself. */
const most: Record<'name' | Askable, number> = {
  ...{ name: 100, company: 200, title: 100, email: 254, phone: 40 },
  ...{ wechat: 100, industry: 100, province: 100, city: 100, message: 2000 },
}

function inputOf(name: 'name' | Askable, isRequired: boolean, { locale, faults = {}, entered = {} }: ShownForm): Html {
  const texts = formTexts[locale]
  const fault = faults[name]
  const marks = fault ? html` aria-invalid="true" aria-describedby="${name}-fault"` : html``
  const must = isRequired ? html` required` : html``
  const value = entered[name] ?? ''
  const { type, autocomplete } = kinds[name] ?? { type: 'text', autocomplete: 'off' }
  const field =
    name === 'message'
      ? html`<textarea id="${name}" name="${name}" maxlength="${most[name]}"${must}${marks}>${value}</textarea>`
      : html`<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" maxlength="${most[name]}" value="${value}"${must}${marks}>`
  return html`<label class="name" for="${name}">${texts.labels[name]}${isRequired && html` <span class="must">${texts.required}</span>`}</label>
${field}${fault && html`<p class="wrong" id="${name}-fault">${texts.faults[fault]}</p>`}`
}

/** A form for everybody; it works without script. */
export function renderForm(shown: ShownForm): string {
  const { form, locale, nonce, tenantName, campaignId, faults, isTicked } = shown
  const texts = formTexts[locale]
  const heading = form.heading ?? texts.heading
  const isRequired = ({ name, required }: LeadForm['fields'][number]) => required || (name === 'email' && form.doubleOptIn)
  const body = html`${tenantName && html`<p class="faint"><bdi>${oneLine(tenantName)}</bdi></p>`}
<h1>${oneLine(heading)}</h1>
${form.intro && html`<p class="intro">${form.intro}</p>`}
<form method="post" class="card">
${faults && html`<p class="fault" role="alert">${texts.faulty}</p>`}
${inputOf('name', true, shown)}
${form.fields.map((field) => inputOf(field.name, isRequired(field), shown))}
<div class="trap" aria-hidden="true"><label>${texts.trap} <input name="${trap}" tabindex="-1" autocomplete="off"></label></div>
${campaignId && html`<input type="hidden" name="c" value="${campaignId}">`}
${form.consentText && html`<label class="agree"><input type="checkbox" name="${consentBox}" value="yes"${isTicked && html` checked`}> <span>${form.consentText}</span></label>`}
<button class="save">${texts.send}</button>
</form>`
  return pageFrame({ locale, title: oneLine(heading), nonce, body, style })
}

/** Asks whether the address is the person's own; the button says yes. */
export function renderConfirm(
  { locale, nonce, tenantName = '' }: Frame,
  { address, wording }: { address: string; wording?: string | undefined },
) {
  const { title, text, consent, button } = formTexts[locale].confirm
  const body = html`<h1>${title}</h1>
<form method="post" class="card"><p>${text(oneLine(address), oneLine(tenantName))}</p>
${wording && html`<p class="hint">${consent}</p><p class="intro">${wording}</p>`}
<button class="save">${button}</button></form>`
  return pageFrame({ locale, title, nonce, body, style })
}

/** What came of it, or why there is no page; `thanks` are the firm's own words. */
export function renderFormOutcome(outcome: FormOutcome, { locale, nonce, tenantName }: Frame, thanks?: string): string {
  const { title, text } = formTexts[locale].outcomes[outcome]
  const body = html`<section class="card result">
${tenantName && html`<p class="faint"><bdi>${oneLine(tenantName)}</bdi></p>`}
<h1>${title}</h1>
<p>${thanks ?? text}</p>
</section>`
  return pageFrame({ locale, title, nonce, body, style })
}
