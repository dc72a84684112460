import type { DocumentKind } from '../document-view.ts'
import type { DefaultTexts } from './default-texts.ts'

/** A pair of label and text of the built-in templates. */
type Item = { label: string; text: string; strong?: boolean }

export const customerItems = (t: DefaultTexts, isForm: boolean): Item[] => [
  { label: isForm ? t.customer : '', text: '{{ customer.name }}', strong: true },
  { label: t.contact, text: '{{ customer.contact }}{% if customer.phone != "" %}  {{ customer.phone }}{% endif %}' },
  ...(isForm ? [] : [{ label: t.email, text: '{{ customer.email }}' }]),
  { label: t.address, text: '{{ customer.address }}' },
]

export const deliveryItems = (t: DefaultTexts): Item[] => [
  { label: '', text: '{{ deliverTo.name }}', strong: true },
  { label: t.contact, text: '{{ deliverTo.contact }}{% if deliverTo.phone != "" %}  {{ deliverTo.phone }}{% endif %}' },
  { label: t.address, text: '{{ deliverTo.address }}' },
]

/** What identifies a document, as pairs of label and text; what it does not have is left out when it is made. */
export function documentItems(kind: DocumentKind, t: DefaultTexts): Item[] {
  const number = { label: t.numbers[kind], text: '{{ document.number }}' }
  if (kind === 'statement')
    return [number, { label: t.dates[kind], text: t.period }, { label: t.currency, text: '{{ document.currency }}' }, personItem(t)]
  return [
    number,
    { label: t.dates[kind], text: '{{ document.date }}' },
    { label: t.validUntil, text: '{{ document.validUntil }}' },
    { label: t.deliverOn, text: '{{ document.deliverOn }}' },
    ...(kind === 'quote' ? [] : [{ label: t.quoteNumber, text: '{{ document.quoteNumber }}' }]),
    { label: t.orders, text: '{{ document.orderNumbers }}' },
    { label: t.customerPo, text: '{{ document.customerPo }}' },
    { label: t.contract, text: '{{ document.contractNumber }}' },
    ...(kind === 'delivery-note'
      ? [
          { label: t.warehouse, text: '{{ document.warehouse }}' },
          { label: t.carrier, text: '{{ document.carrier }}' },
          { label: t.tracking, text: '{{ document.trackingNumber }}' },
        ]
      : [
          { label: t.currency, text: '{{ document.currency }}' },
          { label: t.payment, text: '{{ document.paymentTerms }}' },
        ]),
    personItem(t),
  ]
}

const personItem = (t: DefaultTexts): Item => ({
  label: t.person,
  text: '{{ contactPerson.name }}{% if contactPerson.phone != "" %}  {{ contactPerson.phone }}{% elsif contactPerson.email != "" %}  {{ contactPerson.email }}{% endif %}',
})
