import type { Column, Content, ContentColumns, ContentTable } from 'pdfmake/interfaces.js'
import type { ComposedBlock, SignaturesBlock, TextBlock, TotalsBlock } from '../compose/composed.ts'
import { drawFields } from './draw-fields.ts'
import { drawLetterhead } from './draw-letterhead.ts'
import { fitted, rule } from './draw-parts.ts'
import type { Look } from './look.ts'

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

/** Each kind of block as pdfmake takes it, but the lines. */
export function drawBlock(block: Exclude<ComposedBlock, { type: 'lines' }>, look: Look): Content {
  if (block.type === 'letterhead') return drawLetterhead(block, look)
  if (block.type === 'fields') return drawFields(block, look)
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
