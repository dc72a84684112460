import type { Column, Content } from 'pdfmake/interfaces.js'
import type { LetterheadBlock } from '../compose/composed.ts'
import { fitted, rule } from './draw-parts.ts'
import type { Look } from './look.ts'

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

/** The firm and the title: as a band with the firm on the left, or centred. */
export const drawLetterhead = (block: LetterheadBlock, look: Look): Content =>
  block.style === 'band' ? bandLetterhead(block, look) : centredLetterhead(block, look)
