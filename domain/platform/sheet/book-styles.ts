import { main } from './workbook-parts.ts'

/** How the cells of a printed sheet look. */

const mostDecimals = 6

const bookStyles = [
  'plain',
  'title',
  'firm',
  'soft',
  'label',
  'heading',
  'text',
  'center',
  'number',
  'strong',
  'strongNumber',
  'boxed',
  'wrapped',
] as const
export type BookStyle = (typeof bookStyles)[number]

interface StyleParts {
  font: number
  fill: number
  border: number
  align: string
}

const parts: Record<BookStyle, StyleParts> = {
  plain: { font: 0, fill: 0, border: 0, align: '' },
  title: { font: 2, fill: 0, border: 0, align: ' horizontal="right"' },
  firm: { font: 3, fill: 0, border: 0, align: '' },
  soft: { font: 4, fill: 0, border: 0, align: '' },
  label: { font: 4, fill: 0, border: 0, align: ' vertical="top"' },
  heading: { font: 1, fill: 2, border: 1, align: ' horizontal="center" vertical="center" wrapText="1"' },
  text: { font: 0, fill: 0, border: 1, align: ' vertical="top" wrapText="1"' },
  center: { font: 0, fill: 0, border: 1, align: ' horizontal="center" vertical="top"' },
  number: { font: 0, fill: 0, border: 1, align: ' horizontal="right" vertical="top"' },
  strong: { font: 1, fill: 0, border: 0, align: '' },
  strongNumber: { font: 1, fill: 0, border: 0, align: ' horizontal="right"' },
  boxed: { font: 0, fill: 2, border: 0, align: ' vertical="center" wrapText="1"' },
  wrapped: { font: 0, fill: 0, border: 0, align: ' vertical="top" wrapText="1"' },
}

/** The place of a cell's style: every style stands once as text, then once for each number of decimals. */
export const styleIndex = ({ value, style, decimals = 0 }: { value: string | number; style: BookStyle; decimals?: number }): number => {
  const at = bookStyles.indexOf(style)
  return typeof value === 'number' ? bookStyles.length * (1 + Math.min(decimals, mostDecimals)) + at : at
}

/** All styles, titles in `accent` (`#rrggbb`). */
export function stylesXml(accent: string): string {
  const rgb = `FF${accent.slice(1).toUpperCase()}`
  const font = (size: number, more: string) => `<font>${more}<sz val="${size}"/>`
  const black = '<name val="Microsoft YaHei"/></font>'
  const coloured = (color: string) => `<color rgb="${color}"/><name val="Microsoft YaHei"/></font>`
  const fonts = [
    font(10, '') + black,
    font(10, '<b/>') + black,
    font(18, '<b/>') + coloured(rgb),
    font(14, '<b/>') + black,
    font(10, '') + coloured('FF6B7280'),
  ]
  const line = (side: string) => `<${side} style="thin"><color rgb="FFD6DBE3"/></${side}>`
  const borders = ['<border/>', `<border>${['left', 'right', 'top', 'bottom'].map(line).join('')}</border>`]
  const fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>']
  fills.push('<fill><patternFill patternType="solid"><fgColor rgb="FFEEF3F9"/></patternFill></fill>')
  const formats = Array.from({ length: mostDecimals + 1 }, (_, decimals) => `#,##0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`)
  const cell = (format: number) =>
    bookStyles.map((style) => {
      const { font, fill, border, align } = parts[style]
      return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment${align}/></xf>`
    })
  const cells = [...cell(0), ...formats.flatMap((_, i) => cell(164 + i))]
  const list = (name: string, items: string[]) => `<${name} count="${items.length}">${items.join('')}</${name}>`
  const numFmts = list(
    'numFmts',
    formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`),
  )
  return `<styleSheet xmlns="${main}">${numFmts}${list('fonts', fonts)}${list('fills', fills)}${list('borders', borders)}<cellStyleXfs count="1"><xf/></cellStyleXfs>${list('cellXfs', cells)}</styleSheet>`
}
