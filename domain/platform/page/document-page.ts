import { type Html, html, oneLine } from '../../kernel/html.ts'
import type { Locale } from '../../kernel/text.ts'
import type { DocumentPerson } from '../document/document-view.ts'
import { documentPageStyle } from './document-page-style.ts'
import { pageFrame } from './page-frame.ts'

/** What the public pages of documents (quote, statement) are made of. */

/** The firm on top of the page of a document. */
export interface PageFirm {
  name: string
  phone?: string
  email?: string
  address?: string
}

export const NAME_MAX = 100
export const TEXT_MAX = 1000

/** The firm, with a data address of its logo. */
export const firmHeader = (firm: PageFirm, logo: string | undefined): Html =>
  html`<header class="firm">${logo && html`<img src="${logo}" alt="">`}<div><strong><bdi>${oneLine(firm.name)}</bdi></strong>
<p class="faint">${[firm.address, firm.phone, firm.email].filter(Boolean).join(' · ')}</p></div></header>`

/** A fact of the document in its list, left out when there is none. */
export const namedFact = (label: string, text: string | undefined): Html | false =>
  !!text && html`<div><dt>${label}</dt><dd>${text}</dd></div>`

/** A text of several lines under its heading. */
export const wordsCard = (heading: string, text: string | undefined): Html | false =>
  !!text &&
  html`<section class="card words"><h2>${heading}</h2>${text.split('\n').map((line) => html`<p>${line || '\u00a0'}</p>`)}</section>`

/** What became of a document, by whom and when, and what to do. */
export const stateCard = (state: string, { title, text }: { title: string; text: string }, by?: string, more: Html | false = false): Html =>
  html`<section class="card state ${state}" role="status"><h2>${title}</h2>${by && html`<p class="faint">${by}</p>`}<p>${text}</p>
${more}</section>`

export const inputField = (id: string, label: string, value: string | undefined, more: Html): Html =>
  html`<label class="name" for="${id}">${label}</label><input id="${id}" value="${value}" ${more}>`

/** Who it is that answers: wanted wherever something is decided. */
export const nameField = (id: string, label: string, value: string | undefined): Html =>
  inputField(id, label, value, html`name="name" required maxlength="${NAME_MAX}" autocomplete="name"`)

export const textField = (name: string, label: string, value: string | undefined, isRequired = false): Html =>
  html`<label class="name" for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="3"${isRequired && html` required`} maxlength="${TEXT_MAX}">
${value}</textarea>`

/** The number for a `tel:` link. */
const dialled = (phone: string) => phone.replace(/[^\d+]/g, '')

/** Whom to call or write to: the person who answers for it, else the firm. */
export function contactCard(heading: string, person: DocumentPerson | undefined, firm: PageFirm): Html | false {
  const phone = person?.phone ?? firm.phone
  const email = person?.email ?? firm.email
  return (
    !!(person || phone || email) &&
    html`<section class="card people"><h2>${heading}</h2><p>${person?.name}</p>
${phone && html`<p><a href="tel:${dialled(phone)}">${phone}</a></p>`}${email && html`<p><a href="mailto:${email}">${email}</a></p>`}</section>`
  )
}

// No second press while the first is under way.
const lockScript = () => html`addEventListener('submit', () => setTimeout(() => lock(true)))
addEventListener('pageshow', () => lock(false))
function lock(on) { for (const button of document.querySelectorAll('form button')) button.disabled = on }`

/** The page of a document around its cards. */
export const documentPage = (page: { locale: Locale; title: string; nonce: string; body: Html }): string =>
  pageFrame({ ...page, script: lockScript(), style: documentPageStyle() })

/** A page with nothing but a word: what came of a press, or why there is no page. */
export const noticePage = (
  { title, text }: { title: string; text: string },
  {
    locale,
    nonce,
    above = false,
    below = false,
  }: { locale: Locale; nonce: string; above?: Html | false | undefined; below?: Html | false | undefined },
): string =>
  pageFrame({ locale, title, nonce, body: html`<section class="card result">${above}<h1>${title}</h1><p>${text}</p>${below}</section>` })
