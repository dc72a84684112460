import type { Composed } from '../compose/composed.ts'
import { paperShape } from '../paper.ts'

/** How a document looks: colours, sizes and distances, in points. Continuous forms are printed by needles: black on white, full grid. */
export interface Look {
  plain: boolean
  size: number
  small: number
  ink: string
  soft: string
  accent: string
  tint: string
  line: string
  gap: number
}

/** A colour mixed with white. */
function tinted(color: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return `#${parts
    .map((part) =>
      Math.round(255 - (255 - part) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** Sizes in points, spacing and colour, as they follow from paper and template. */
export function lookOf({ paper, fontSize, accent }: Pick<Composed, 'paper' | 'fontSize' | 'accent'>): Look {
  const shared = { size: fontSize, small: fontSize * 0.89 }
  if (paperShape(paper).continuous)
    return {
      ...shared,
      plain: true,
      ink: '#000000',
      soft: '#000000',
      accent: '#000000',
      tint: '#ffffff',
      line: '#000000',
      gap: fontSize * 0.5,
    }
  return {
    ...shared,
    plain: false,
    ink: '#1f2937',
    soft: '#6b7280',
    accent,
    tint: tinted(accent, 0.07),
    line: '#d6dbe3',
    gap: fontSize * 1.3,
  }
}
