import type { Column, Content, ContentColumns, ContentTable } from 'pdfmake/interfaces.js'
import type { ComposedBlock, FieldsBlock, LetterheadBlock, SignaturesBlock, TextBlock, TotalsBlock } from '../compose/composed.ts'
import type { DocumentImage } from '../letterhead.ts'
import type { Look } from './look.ts'

/** Each kind of block as pdfmake takes it. */

export const dataUrl = ({ type, bytes }: DocumentImage): string => `data:image/${type};base64,${bytes.toString('base64')}`

/** A picture within a box, its sides in proportion. */
export const fitted = (image: DocumentImage, width: number, height: number): Content => ({ image: dataUrl(image), fit: [width, height] })

function bandLetterhead(block: LetterheadBlock, look: Look): Content {
  const firm = [
    { text: block.name, fontSize: look.size * 1.5, bold: true, color: look.ink },
    ...block.details.map((text, i) => ({ text, fontSize: look.small, color: look.soft, margin: [0, i === 0 ? 3 : 1, 0, 0] })),
  ] as Content[]
  const title = [
    { text: block.title, fontSize: look.size * 2.4, bold: true, color: look.accent, alignment: 'right', lineHeight: 1, noWrap: true },
    ...(block.subtitle ? [{ text: block.subtitle, fontSize: look.size, color: look.soft, alignment: 'right', margin: [0, 3, 0, 0] }] : []),
  ] as Content[]
  const logo: Column[] = block.logo ? [{ ...(fitted(block.logo, 110, 46) as object), width: 'auto', margin: [0, 0, 12, 0] } as Column] : []
  return {
    stack: [
      { columns: [...logo, { stack: firm, width: '*' }, { stack: title, width: 'auto', margin: [16, 0, 0, 0] }] },
      rule(look.accent, 1.2, [0, 9, 0, look.gap]),
    ],
  }
}

function centredLetterhead(block: LetterheadBlock, look: Look): Content {
  const titles: Content[] = [
    { text: block.name, fontSize: look.size * 1.45, bold: true, alignment: 'center' },
    ...(block.details.length > 0
      ? [
          {
            text: block.details.join('   '),
            fontSize: look.small,
            alignment: 'center' as const,
            margin: [0, 1, 0, 0] as [number, number, number, number],
          },
        ]
      : []),
    { text: block.title, fontSize: look.size * 1.45, bold: true, alignment: 'center', characterSpacing: 5, margin: [0, 1, 0, 0] },
    ...(block.subtitle ? [{ text: block.subtitle, fontSize: look.small, alignment: 'center' as const }] : []),
  ]
  if (!block.logo) return { stack: titles, margin: [0, 0, 0, look.gap] }
  const columns: Column[] = [
    { ...(fitted(block.logo, 90, 36) as object), width: 90 } as Column,
    { stack: titles, width: '*' },
    { text: '', width: 90 },
  ]
  return { columns, margin: [0, 0, 0, look.gap] }
}

export const rule = (color: string, thickness: number, margin: [number, number, number, number]): ContentTable => ({
  table: { widths: ['*'], body: [['']] },
  layout: {
    hLineWidth: (i) => (i === 0 ? thickness : 0),
    vLineWidth: () => 0,
    hLineColor: () => color,
    paddingTop: () => 0,
    paddingBottom: () => 0,
    paddingLeft: () => 0,
    paddingRight: () => 0,
  },
  fontSize: 0.1,
  lineHeight: 0.1,
  margin,
})

/** Labels of one width, so that what belongs to them stands in line. */
function labelled({ items }: FieldsBlock, look: Look): Content[] {
  const longest = Math.max(
    0,
    ...items.map(({ label }) => [...label].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 1 : 0.56), 0)),
  )
  return items.map(({ label, text, strong }) => {
    const content: Content = { text, ...(strong ? { bold: true, fontSize: look.size * 1.15 } : {}) }
    if (label === '') return { ...content, margin: [0, 0, 0, 3] } as Content
    return {
      columns: [
        { text: label, width: longest * look.size + 10, color: look.soft },
        { ...content, width: '*' },
      ],
      columnGap: 0,
      margin: [0, 0, 0, 1.5],
    }
  })
}

/** Side by side in equal columns, row by row. */
function fieldsAcross({ items, across }: FieldsBlock, look: Look): Content {
  const rows = Array.from({ length: Math.ceil(items.length / across) }, (_, row) => items.slice(row * across, (row + 1) * across))
  const cell = (item: FieldsBlock['items'][number] | undefined): Content =>
    item
      ? {
          text: [
            { text: item.label ? `${item.label}：` : '', color: look.soft },
            { text: item.text, bold: item.strong ?? false },
          ],
        }
      : ''
  return {
    table: {
      widths: Array.from({ length: across }, () => '*'),
      body: rows.map((row) => Array.from({ length: across }, (_, i) => cell(row[i]))),
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: (i) => (i === 0 ? 0 : 6),
      paddingRight: () => 0,
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
    margin: [0, 0, 0, look.gap],
  }
}

function fields(block: FieldsBlock, look: Look): Content {
  if (block.across > 1) return fieldsAcross(block, look)
  const heading: Content[] = block.heading
    ? [{ text: block.heading, color: look.accent, bold: true, fontSize: look.small, margin: [0, 0, 0, 3] }]
    : []
  return { stack: [...heading, ...labelled(block, look)], margin: [0, 0, 0, look.gap * 0.6] }
}

function totals({ rows }: TotalsBlock, look: Look): Content {
  const body = rows.map(({ label, text, strong }) => {
    const style = strong ? { bold: true, fontSize: look.size * 1.25, color: look.accent } : { color: look.ink }
    return [
      { text: label, ...(strong ? { bold: true } : { color: look.soft }), margin: [0, strong ? look.size * 0.15 : 0, 0, 0] },
      { text, alignment: 'right', ...style },
    ] as Content[]
  })
  const last = rows.findIndex(({ strong }) => strong)
  return {
    columns: [
      { text: '', width: '*' },
      {
        width: 'auto',
        table: { widths: [90, 'auto'], body },
        layout: {
          hLineWidth: (i) => (i === last && last > 0 && !look.plain ? 0.8 : 0),
          hLineColor: () => look.accent,
          vLineWidth: () => 0,
          paddingTop: () => 1.5,
          paddingBottom: () => 1.5,
          paddingLeft: () => 6,
          paddingRight: () => 4,
        },
      },
    ],
    margin: [0, look.gap * 0.5, 0, look.gap * 0.5],
  } as ContentColumns
}

/** A text this short is not torn over two pages, nor from its heading. */
const keptTogether = 900

function text({ heading, text, size = 0, bold, align, boxed }: TextBlock, look: Look): Content {
  const content: Content = {
    text,
    fontSize: size || look.size,
    bold: bold ?? false,
    alignment: align ?? 'left',
    lineHeight: boxed ? 1 : 1.12,
  }
  if (boxed && !look.plain)
    return {
      table: { widths: ['*'], body: [[content]] },
      layout: {
        hLineWidth: () => 0,
        vLineWidth: () => 0,
        fillColor: () => look.tint,
        paddingLeft: () => 8,
        paddingRight: () => 8,
        paddingTop: () => 5,
        paddingBottom: () => 5,
      },
      margin: [0, 0, 0, look.gap],
    } as ContentTable
  const above: Content[] = heading ? [{ text: heading, bold: true, color: look.accent, margin: [0, 0, 0, 3] }] : []
  return { stack: [...above, content], margin: [0, 0, 0, look.gap], unbreakable: text.length < keptTogether }
}

/** The seal stands over the name, as it is stamped on paper. */
function signatures({ parties }: SignaturesBlock, look: Look): Content {
  const party = ({ label, name, lines, seal }: SignaturesBlock['parties'][number]): Column => ({
    width: '*',
    stack: [
      { text: label, color: look.soft, margin: [0, 0, 0, 4] },
      { text: name, bold: true, margin: [0, 0, 0, 10] },
      ...lines.map((line): Content => ({ text: line, color: look.soft, margin: [0, 0, 0, 8] })),
      ...(seal ? [{ ...(fitted(seal, 108, 108) as object), relativePosition: { x: 70, y: -88 } } as Content] : []),
    ],
  })
  return { columns: parties.map(party), columnGap: 24, margin: [0, look.gap, 0, 0], unbreakable: true } as Content
}

/** Everything but the lines. */
export function drawBlock(block: Exclude<ComposedBlock, { type: 'lines' }>, look: Look): Content {
  if (block.type === 'letterhead') return block.style === 'band' ? bandLetterhead(block, look) : centredLetterhead(block, look)
  if (block.type === 'fields') return fields(block, look)
  if (block.type === 'totals') return totals(block, look)
  if (block.type === 'text') return text(block, look)
  if (block.type === 'signatures') return signatures(block, look)
  if (block.type === 'rule') return rule(look.line, 0.8, [0, 0, 0, look.gap])
  if (block.type === 'space') return { text: '', margin: [0, 0, 0, block.height] }
  if (block.type === 'image')
    return { ...(fitted(block.image, block.width, 700) as object), alignment: block.align, margin: [0, 0, 0, look.gap] } as Content
  const all = block.widths.reduce((sum, width) => sum + width, 0)
  return {
    columns: block.columns.map((blocks, i) => ({
      width: `${(100 * block.widths[i]!) / all}%`,
      stack: blocks.map((inner) => drawBlock(inner as Exclude<ComposedBlock, { type: 'lines' }>, look)),
    })),
    columnGap: 18,
    unbreakable: JSON.stringify(block).length < 3 * keptTogether,
  }
}
