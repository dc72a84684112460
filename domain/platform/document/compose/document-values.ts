import type { Locale } from '../../../kernel/text.ts'
import type { DocumentKind, DocumentParty, DocumentView, SalesDocumentView } from '../document-view.ts'
import type { Letterhead } from '../letterhead.ts'
import { amountText, dateText, isZero } from '../wording/format.ts'
import { instalmentsText, paymentTermsText } from '../wording/payment-terms-text.ts'
import { amountInWords } from '../words/amount-in-words.ts'

/** What the Liquid of a template sees: texts, already worded in its language, and `''` for what a document does not have. */
export type DocumentValues = Record<string, Record<string, string>>

const party = ({ name, contact, phone, email, address, taxNumber }: Partial<DocumentParty> = {}) => ({
  name: name ?? '',
  contact: contact ?? '',
  phone: phone ?? '',
  email: email ?? '',
  address: address ?? '',
  taxNumber: taxNumber ?? '',
})

function firmOf({ bankAccounts, logo: _logo, seal: _seal, ...firm }: Letterhead) {
  const [bank] = bankAccounts
  return {
    ...party(firm),
    website: firm.website ?? '',
    bank: bank?.bank ?? '',
    bankHolder: bank?.holder ?? firm.name,
    bankAccount: bank?.account ?? '',
    swift: bank?.swift ?? '',
  }
}

const day = (date: string | undefined, locale: Locale) => (date ? dateText(date, locale) : '')

const noFacts = {
  date: '',
  revision: '',
  validUntil: '',
  deliverOn: '',
  customerPo: '',
  contractNumber: '',
  quoteNumber: '',
  orderNumbers: '',
  warehouse: '',
  carrier: '',
  trackingNumber: '',
  paymentTerms: '',
  instalments: '',
  terms: '',
  from: '',
  to: '',
}

const factsOf = (view: SalesDocumentView, locale: Locale) => ({
  date: day(view.date, locale),
  revision: (view.revision ?? 1) > 1 ? String(view.revision) : '',
  validUntil: day(view.validUntil, locale),
  deliverOn: day(view.deliverOn, locale),
  customerPo: view.customerPo ?? '',
  contractNumber: view.contractNumber ?? '',
  quoteNumber: view.quoteNumber ?? '',
  orderNumbers: view.orderNumbers?.join(locale === 'en' ? ', ' : '、') ?? '',
  warehouse: view.warehouse ?? '',
  carrier: view.carrier ?? '',
  trackingNumber: view.trackingNumber ?? '',
  paymentTerms: view.paymentTerms ? paymentTermsText(view.paymentTerms, locale) : '',
  instalments: view.instalments ? instalmentsText(view.instalments, view.currency, locale) : '',
  terms: view.terms ?? '',
})

const noTotals = { net: '', tax: '', discount: '', total: '', opening: '', charged: '', paid: '', closing: '', overdue: '', inWords: '' }

function totalsOf(view: DocumentView, locale: Locale) {
  const { currency } = view
  const shown = (amount: string) => amountText(amount, currency)
  const inWords = (amount: string) => amountInWords({ amount, currency }, locale)
  if (view.kind === 'statement') {
    const { opening, charged, paid, closing, overdue } = view
    const sums = { opening: shown(opening), charged: shown(charged), paid: shown(paid), closing: shown(closing) }
    return { ...noTotals, ...sums, overdue: overdue ? shown(overdue) : '', inWords: inWords(closing) }
  }
  if (!view.totals) return noTotals
  const { net, tax, discount, total } = view.totals
  return {
    ...noTotals,
    net: shown(net),
    tax: shown(tax),
    discount: isZero(discount) ? '' : shown(discount),
    total: shown(total),
    inWords: inWords(total),
  }
}

/** Everything a template may speak of, from one document. */
export function documentValues(view: DocumentView, letterhead: Letterhead, locale: Locale): DocumentValues {
  const common = { number: view.number, currency: view.currency, notes: view.notes ?? '' }
  const facts =
    view.kind === 'statement'
      ? { ...noFacts, from: day(view.from, locale), to: day(view.to, locale) }
      : { ...noFacts, ...factsOf(view, locale) }
  return {
    document: { ...common, ...facts },
    customer: party(view.customer),
    deliverTo: party(view.kind === 'statement' ? undefined : view.deliverTo),
    contactPerson: { name: view.contactPerson?.name ?? '', phone: view.contactPerson?.phone ?? '', email: view.contactPerson?.email ?? '' },
    firm: firmOf(letterhead),
    totals: totalsOf(view, locale),
  }
}

/** The names of all of them, `document.number` and so on; the same for every kind of document. */
export function knownNames(sample: (kind: DocumentKind) => DocumentView): string[] {
  const values = documentValues(sample('quote'), { name: '', bankAccounts: [] }, 'en')
  return Object.entries(values).flatMap(([group, names]) => Object.keys(names).map((name) => `${group}.${name}`))
}
