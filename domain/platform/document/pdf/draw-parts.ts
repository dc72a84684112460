import type { Content, ContentTable } from 'pdfmake/interfaces.js'
import type { DocumentImage } from '../letterhead.ts'

const dataUrl = ({ type, bytes }: DocumentImage): string => `data:image/${type};base64,${bytes.toString('base64')}`

/** A picture within a box, its sides in proportion. */
export const fitted = (image: DocumentImage, width: number, height: number): Content => ({ image: dataUrl(image), fit: [width, height] })

/** A line across the page. */
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
