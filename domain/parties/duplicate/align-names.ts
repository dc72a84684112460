import { type HanName, soundsOf } from './han-name.ts'

const atStart = 0.93
const elsewhere = 0.7
const sameSound = 0.55
const provinceSign = 0.95
const citySign = 0.75

/** Where the parts of a short name stand in a long one. */
interface Alignment {
  /** Weighed share of the short name that was found: 0 to 1. */
  found: number
  /** For each part of the short name the index of the part of the long one, or -1. */
  at: number[]
}

/** What it is worth that part `i` of the short name stands for part `j` of the long one. */
function likeness(short: HanName, i: number, long: HanName, j: number, sounds: { short: string[]; long: string[] }): number {
  const part = short.parts[i]!
  if (part === long.parts[j]) return 1
  const { region, at } = long.units[long.unitOf[j]!]!
  if (region?.short === part && at === j) return region.whole ? provinceSign : citySign
  return sounds.short[i] === sounds.long[j] ? sameSound : 0
}

/** A part of a long unit counts less than a unit of one character. */
const partWeight = (name: HanName, i: number): number => {
  const unit = name.units[name.unitOf[i]!]!
  return unit.weight / Math.sqrt(unit.length)
}

/** Two tables that grow as needed and serve every comparison: one after the other, never two at once. */
let matched = new Float64Array(0)
let best = new Float64Array(0)

function clear(cells: number): void {
  if (matched.length < cells) {
    matched = new Float64Array(cells * 2)
    best = new Float64Array(cells * 2)
  } else {
    matched.fill(0, 0, cells)
    best.fill(0, 0, cells)
  }
}

/**
 * Finds the short name in the long one as abbreviations are made: its characters in their order, best side by side or at
 * the start of words (中石化 in 中国石油化工); a province may stand as its sign (粤 for 广东), a wrong character of the same
 * sound counts half.
 */
export function align(short: HanName, long: HanName): Alignment {
  const [n, m] = [short.parts.length, long.parts.length]
  const width = m + 1
  const sounds = { short: soundsOf(short), long: soundsOf(long) }
  clear((n + 1) * width)
  let total = 0
  for (let i = 1; i <= n; i++) {
    const weight = partWeight(short, i - 1)
    total += weight
    for (let j = 1; j <= m; j++) {
      const like = likeness(short, i - 1, long, j - 1, sounds)
      const here = i * width + j
      const diagonal = here - width - 1
      if (like > 0) {
        const isStart = long.units[long.unitOf[j - 1]!]!.at === j - 1
        const joined = matched[diagonal]! > 0 ? matched[diagonal]! + like * weight : 0
        matched[here] = Math.max(joined, best[diagonal]! + like * weight * (isStart ? atStart : elsewhere))
      }
      best[here] = Math.max(matched[here]!, best[here - width]!, best[here - 1]!)
    }
  }
  return { found: total === 0 ? 0 : best[n * width + m]! / total, at: traced(n, m) }
}

/** Follows the best way back. A matched cell is on it when it is better than what leads past it. */
function traced(n: number, m: number): number[] {
  const width = m + 1
  const at = new Array<number>(n).fill(-1)
  let [i, j] = [n, m]
  while (i > 0 && j > 0) {
    const here = i * width + j
    const [above, left] = [best[here - width]!, best[here - 1]!]
    if (matched[here] === best[here] && best[here]! > above && best[here]! > left) {
      at[i - 1] = j - 1
      i--
      j--
    } else if (left >= above) j--
    else i--
  }
  return at
}
