import type { Locale } from '../../../kernel/text.ts'
import type { DocumentKind } from '../document-view.ts'
import { type Paper, paperShape } from '../paper.ts'
import { defaultColumns } from './default-columns.ts'
import { customerItems, deliveryItems, documentItems } from './default-items.ts'
import { type DefaultTexts, defaultTexts } from './default-texts.ts'
import type { Block, Layout } from './layout.ts'
import type { TemplateContent } from './template.ts'

const bankText: Record<Locale, string> = {
  'zh-CN':
    '{% if firm.bankAccount != "" %}户名：{{ firm.bankHolder }}\n开户行：{{ firm.bank }}\n账号：{{ firm.bankAccount }}{% if firm.taxNumber != "" %}\n税号：{{ firm.taxNumber }}{% endif %}{% endif %}',
  en: '{% if firm.bankAccount != "" %}Beneficiary: {{ firm.bankHolder }}\nBank: {{ firm.bank }}\nAccount: {{ firm.bankAccount }}{% if firm.swift != "" %}\nSWIFT: {{ firm.swift }}{% endif %}{% endif %}',
}

const words = (kind: DocumentKind, t: DefaultTexts): Block => ({
  type: 'text',
  text: `{% if totals.inWords != "" %}${kind === 'statement' ? t.closingWords : t.words}${t.colon}{{ totals.inWords }}{% endif %}`,
  boxed: true,
})

const signatures = (kind: DocumentKind, t: DefaultTexts): Block => ({
  type: 'signatures',
  parties: [
    { label: t.ours[kind], name: '{{ firm.name }}', lines: [t.signature, t.date], seal: true },
    { label: t.theirs[kind], name: '{{ customer.name }}', lines: [t.signature, t.date] },
  ],
})

/** Terms and remarks beside the bank account. */
function conditions(kind: DocumentKind, locale: Locale, t: DefaultTexts): Block[] {
  const instalments = { type: 'text' as const, heading: t.instalments, text: '{{ document.instalments }}' }
  const terms = { type: 'text' as const, heading: t.terms, text: '{{ document.terms }}' }
  const notes = { type: 'text' as const, heading: t.notes, text: '{{ document.notes }}' }
  if (kind === 'delivery-note') return [notes]
  const bank = { type: 'text' as const, heading: t.bank, text: bankText[locale] }
  return [{ type: 'columns', columns: [kind === 'statement' ? [notes] : [instalments, terms, notes], [bank]], widths: [55, 45] }]
}

/** Sheets: title and firm on top, customer beside the facts, lines, sums, conditions, bank and signatures. */
function sheetLayout(kind: DocumentKind, locale: Locale): Layout {
  const t = defaultTexts[locale]
  const subtitle = kind === 'quote' ? `{% if document.revision != "" %}${t.revision}{% endif %}` : undefined
  const left: Extract<Block, { type: 'fields' }>[] = [{ type: 'fields', heading: t.customer, items: customerItems(t, false) }]
  if (kind === 'order' || kind === 'delivery-note') left.push({ type: 'fields', heading: t.deliverTo, items: deliveryItems(t) })
  const blocks: Block[] = [
    { type: 'letterhead', title: t.titles[kind], ...(subtitle ? { subtitle } : {}), details: t.details },
    { type: 'columns', columns: [left, [{ type: 'fields', items: documentItems(kind, t) }]], widths: [55, 45] },
    { type: 'lines' },
    { type: 'totals' },
    words(kind, t),
    ...(kind === 'statement' ? [{ type: 'text' as const, text: t.confirm }] : []),
    ...conditions(kind, locale, t),
    signatures(kind, t),
  ]
  return { blocks, footer: t.footers }
}

const formDetails = '{{ firm.address }}{% if firm.phone != "" %}  {{ firm.phone }}{% endif %}'

/** Continuous forms: the firm and the title centred, three columns of facts, and who signs at the foot of every form. */
function formLayout(kind: DocumentKind, locale: Locale, paper: Paper): Layout {
  const t = defaultTexts[locale]
  const address = '{% if deliverTo.address != "" %}{{ deliverTo.address }}{% else %}{{ customer.address }}{% endif %}'
  const isLow = paper === '241x93'
  // Remarks below the lines would take a form of their own where so few lines find room.
  const remarks = isLow ? [{ label: t.notes, text: '{{ document.notes }}' }] : []
  const delivery: Block = { type: 'fields', across: 2, items: [{ label: t.address, text: address }, ...remarks] }
  const receiver = {
    label: t.contact,
    text: '{% if deliverTo.contact != "" %}{{ deliverTo.contact }} {{ deliverTo.phone }}{% else %}{{ customer.contact }} {{ customer.phone }}{% endif %}',
  }
  const [number, date, ...facts] = documentItems(kind, t)
  const items = [{ label: t.customer, text: '{{ customer.name }}' }, number!, date!, receiver, ...facts.slice(0, isLow ? 5 : 8)]
  return {
    blocks: [
      { type: 'letterhead', style: 'centred', title: t.titles[kind], ...(isLow ? {} : { details: formDetails }) },
      { type: 'fields', across: 3, items },
      delivery,
      { type: 'lines' },
      { type: 'totals', rows: [kind === 'statement' ? 'closing' : 'total'] },
      { ...words(kind, t), boxed: false } as Block,
      ...(isLow
        ? []
        : [{ type: 'text' as const, text: `{% if document.notes != "" %}${t.notes}${t.colon}{{ document.notes }}{% endif %}` }]),
    ],
    footer: t.formFooter,
  }
}

/** The built-in template of a kind in a language: used as it is until a tenant makes its own, and what its own begin with. */
export function defaultTemplate(kind: DocumentKind, locale: Locale, paper: Paper = 'A4'): TemplateContent {
  const t = defaultTexts[locale]
  const { continuous } = paperShape(paper)
  return {
    kind,
    locale,
    paper,
    accent: '#1d4e89',
    // A statement has ten columns: it is set a little smaller.
    fontSize: paper === 'A5' || paper === 'A5-landscape' ? 7.5 : kind === 'statement' ? 8 : 9,
    columns: defaultColumns(kind, paper).map((field) => ({ field })),
    layout: continuous ? formLayout(kind, locale, paper) : sheetLayout(kind, locale),
    subject: t.subjects[kind],
    message: t.messages[kind],
  }
}
