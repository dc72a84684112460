import { generic, industries, longestIndustry } from './words/industries.ts'
import { longestRegion, type Region, regions, regionTails } from './words/regions.ts'

/** What a part of a Chinese name is: where, who, what it does, how it is built. */
type UnitKind = 'region' | 'brand' | 'industry' | 'generic' | 'latin'

export interface Unit {
  text: string
  kind: UnitKind
  /** Of a place: its region. */
  region?: Region
}

/** A region at `at` with 省, 市 … behind it. The longest one: 内蒙古 before 内. */
function regionAt(text: string, at: number): Unit | undefined {
  for (let length = Math.min(longestRegion, text.length - at); length > 1; length--) {
    const region = regions.get(text.slice(at, at + length))
    if (!region) continue
    const end = at + length
    const tail = regionTails.find((word) => text.startsWith(word, end) && end + word.length < text.length)
    return { text: text.slice(at, end + (tail?.length ?? 0)), kind: 'region', region }
  }
  return undefined
}

interface Best {
  cost: number
  from: number
  kind: UnitKind
}

const unknownCharacter = 1
const loneCharacter = 0.6
const knownWord = 0.7
const placeInside = 1.6

/**
 * The cheapest reading of the rest as known words and names: every unknown character costs, so does one that would be left
 * alone between words, so that 汇通信息 is 汇通 + 信息. Of two equal readings the one with known words at the end is taken.
 */
function wordsIn(text: string): Unit[] {
  const best: Best[] = [{ cost: 0, from: 0, kind: 'generic' }]
  for (let end = 1; end <= text.length; end++) {
    let chosen: Best = { cost: Number.POSITIVE_INFINITY, from: 0, kind: 'brand' }
    const offer = (from: number, cost: number, kind: Best['kind']) => {
      if (cost < chosen.cost - 1e-9) chosen = { cost, from, kind }
    }
    for (let from = Math.max(0, end - longestIndustry); from < end; from++) {
      const word = text.slice(from, end)
      const kind =
        word.length === 1 && from === 0 ? undefined : industries.has(word) ? 'industry' : generic.has(word) ? 'generic' : undefined
      if (kind) offer(from, best[from]!.cost + knownWord, kind)
      if (from > 0 && regions.has(word)) offer(from, best[from]!.cost + placeInside, 'region')
    }
    for (let from = Math.max(0, end - 6); from < end; from++) {
      if (best[from]!.kind === 'brand' && from > 0) continue
      const length = end - from
      offer(from, best[from]!.cost + length * unknownCharacter + (length === 1 ? loneCharacter : 0), 'brand')
    }
    best[end] = chosen
  }
  const units: Unit[] = []
  for (let end = text.length; end > 0; end = best[end]!.from)
    units.unshift({ text: text.slice(best[end]!.from, end), kind: best[end]!.kind })
  return units
}

/** The parts of what stands in Chinese: regions in front (and behind words of trade), then names and words of trade. */
export function hanUnits(text: string): Unit[] {
  const units: Unit[] = []
  let at = 0
  for (let region = regionAt(text, at); region && at + region.text.length < text.length; region = regionAt(text, at)) {
    units.push(region)
    at += region.text.length
  }
  return [...units, ...wordsIn(text.slice(at))]
}
