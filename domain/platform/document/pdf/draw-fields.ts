import type { Content } from 'pdfmake/interfaces.js'
import type { FieldsBlock } from '../compose/composed.ts'
import type { Look } from './look.ts'

/** Labels of one width, so that what belongs to them stands in line. */
function labelled({ items }: FieldsBlock, look: Look): Content[] {
  const longest = Math.max(
    0,
    ...items.map(({ label }) => [...label].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 1 : 0.56), 0)),
  )
  return items.map(({ label, text, strong }) => {
    const content: Content = { text, ...(strong ? { bold: true, fontSize: look.size * 1.15 } : {}) }
    if (label === '') return { ...content, margin: [0, 0, 0, 3] }
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

/** Facts with their labels: below each other, or side by side in a table. */
export function drawFields(block: FieldsBlock, look: Look): Content {
  if (block.across > 1) return fieldsAcross(block, look)
  const heading: Content[] = block.heading
    ? [{ text: block.heading, color: look.accent, bold: true, fontSize: look.small, margin: [0, 0, 0, 3] }]
    : []
  return { stack: [...heading, ...labelled(block, look)], margin: [0, 0, 0, look.gap * 0.6] }
}
