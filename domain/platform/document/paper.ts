/**
 * Papers that documents are printed on. The continuous forms of 241 mm (9.5 inch, with the strips of holes) run through a dot-matrix
 * printer with several carbonless copies: no colour, no grey, and every form is torn off by itself.
 */

const pointsPerMm = 72 / 25.4

interface PaperShape {
  width: number
  height: number
  margins: { top: number; right: number; bottom: number; left: number }
  continuous: boolean
}

const sheet = (width: number, height: number, margin: number): PaperShape => ({
  width: width * pointsPerMm,
  height: height * pointsPerMm,
  margins: { top: margin, right: margin, bottom: margin + 8, left: margin },
  continuous: false,
})

// The strips take half an inch on both sides; a third of the 11-inch form is 93.1 mm high, a half 139.7 mm.
const form = (height: number): PaperShape => ({
  width: 241.3 * pointsPerMm,
  height: height * pointsPerMm,
  margins: { top: 14, right: 50, bottom: 27, left: 50 },
  continuous: true,
})

const shapes = {
  A4: sheet(210, 297, 40),
  'A4-landscape': sheet(297, 210, 40),
  A5: sheet(148, 210, 24),
  'A5-landscape': sheet(210, 148, 24),
  '241x280': form(279.4),
  '241x140': form(139.7),
  '241x93': form(93.1),
}

export type Paper = keyof typeof shapes
export const papers = Object.keys(shapes) as [Paper, ...Paper[]]

export const paperShape = (paper: Paper): PaperShape => shapes[paper]

/** Points between the margins. */
export const printableWidth = (paper: Paper): number => {
  const { width, margins } = shapes[paper]
  return width - margins.left - margins.right
}
