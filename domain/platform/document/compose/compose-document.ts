import { oneLine } from '../../../kernel/html.ts'
import type { Locale } from '../../../kernel/text.ts'
import type { DocumentView, SalesDocumentView } from '../document-view.ts'
import type { DocumentImage, Letterhead } from '../letterhead.ts'
import { defaultTexts } from '../template/default-texts.ts'
import type { Block } from '../template/layout.ts'
import type { TemplateContent } from '../template/template.ts'
import { composeLines } from './compose-lines.ts'
import { composeTotals } from './compose-totals.ts'
import type { Composed, ComposedBlock } from './composed.ts'
import { documentValues } from './document-values.ts'
import { fillText } from './fill-text.ts'

/** Pictures that a template names, by id; one that is not there is left out of the document. */
type DocumentImages = ReadonlyMap<string, DocumentImage>

interface Making {
  view: DocumentView
  template: TemplateContent
  letterhead: Letterhead
  images: DocumentImages
  fill(text: string): string
}

const states: Record<NonNullable<SalesDocumentView['state']>, Record<Locale, string>> = {
  draft: { 'zh-CN': '草稿', en: 'DRAFT' },
  expired: { 'zh-CN': '已过期', en: 'EXPIRED' },
  superseded: { 'zh-CN': '已被新版取代', en: 'SUPERSEDED' },
  cancelled: { 'zh-CN': '已作废', en: 'CANCELLED' },
}

const stateText = (view: DocumentView, locale: Locale): string =>
  view.kind === 'statement' || !view.state ? '' : states[view.state][locale]

type Of<T extends Block['type']> = Extract<Block, { type: T }>

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function letterheadBlock({ view, letterhead, template, images, fill }: Making, block: Of<'letterhead'>): ComposedBlock {
  const logo = (template.logoId && images.get(template.logoId)) || letterhead.logo
  const subtitle = [block.subtitle ? fill(block.subtitle).trim() : '', stateText(view, template.locale)].filter(Boolean).join(' · ')
  return {
    type: 'letterhead',
    style: block.style ?? 'band',
    name: letterhead.name,
    details: linesOf(fill(block.details ?? '')),
    title: fill(block.title).trim(),
    ...(subtitle ? { subtitle } : {}),
    ...(logo && block.logo !== false ? { logo } : {}),
  }
}

function fieldsBlock({ fill }: Making, { heading, across = 1, items }: Of<'fields'>): ComposedBlock[] {
  const filled = items
    .map(({ label, text, strong }) => ({ label: fill(label), text: fill(text).trim(), ...(strong ? { strong } : {}) }))
    .filter(({ text }) => text !== '')
  return filled.length === 0 ? [] : [{ type: 'fields', ...(heading ? { heading: fill(heading) } : {}), across, items: filled }]
}

function textBlock({ fill }: Making, { text, heading, ...look }: Of<'text'>): ComposedBlock[] {
  const filled = fill(text).trim()
  return filled === '' ? [] : [{ ...look, text: filled, ...(heading ? { heading: fill(heading) } : {}) } as ComposedBlock]
}

const signaturesBlock = ({ fill, letterhead }: Making, { parties }: Of<'signatures'>): ComposedBlock => ({
  type: 'signatures',
  parties: parties.map(({ label, name = '', lines = [], seal }) => ({
    label: fill(label),
    name: fill(name).trim(),
    lines: lines.map(fill),
    ...(seal && letterhead.seal ? { seal: letterhead.seal } : {}),
  })),
})

function composeBlock(making: Making, block: Block): ComposedBlock[] {
  const { view, template, images } = making
  if (block.type === 'letterhead') return [letterheadBlock(making, block)]
  if (block.type === 'fields') return fieldsBlock(making, block)
  if (block.type === 'text') return textBlock(making, block)
  if (block.type === 'signatures') return [signaturesBlock(making, block)]
  if (block.type === 'lines') return [composeLines(view, template)]
  if (block.type === 'totals') {
    const totals = composeTotals(view, template.locale, block.rows)
    return totals.rows.length > 0 ? [totals] : []
  }
  if (block.type === 'columns') {
    const filled = block.columns
      .map((column, i) => ({ blocks: column.flatMap((inner) => composeBlock(making, inner)), width: block.widths?.[i] ?? 1 }))
      .filter(({ blocks }) => blocks.length > 0)
    return filled.length === 0
      ? []
      : [{ type: 'columns', columns: filled.map(({ blocks }) => blocks), widths: filled.map(({ width }) => width) }]
  }
  if (block.type === 'image') {
    const image = images.get(block.imageId)
    return image ? [{ type: 'image', image, width: (block.width * 72) / 25.4, align: block.align ?? 'left' }] : []
  }
  return [block]
}

/** Words everything on a document and decides where it stands: the one input of PDF, XLSX and HTML. */
export function composeDocument(
  view: DocumentView,
  { template, letterhead, images = new Map() }: { template: TemplateContent; letterhead: Letterhead; images?: DocumentImages },
): Composed {
  const { kind, locale, paper, accent, fontSize, layout } = template
  const values = documentValues(view, letterhead, locale)
  const making: Making = { view, template, letterhead, images, fill: (text) => fillText(text, values) }
  const title = `${defaultTexts[locale].titles[kind]} ${view.number}`
  const watermark = stateText(view, locale)
  return {
    kind,
    locale,
    paper,
    fontSize,
    accent,
    title,
    fileName: oneLine(title)
      .replace(/[/\\:*?"<>|]+/g, '-')
      .replaceAll(' ', '_'),
    ...(watermark ? { watermark } : {}),
    blocks: layout.blocks.flatMap((block) => composeBlock(making, block)),
    footer: making.fill(layout.footer ?? '').trim(),
  }
}
