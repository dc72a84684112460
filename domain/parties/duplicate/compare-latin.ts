import { editDistance } from './edit-distance.ts'
import { acronymsOf, type LatinName } from './latin-name.ts'
import type { NameMatch } from './name-match.ts'

/** How alike two texts are by their slips: 1 when equal, 0 when nothing stands where it should. */
export function slipSimilarity(a: string, b: string): number {
  if (a === b) return 1
  const longest = Math.max(a.length, b.length)
  if (Math.abs(a.length - b.length) > longest / 2) return 0
  return Math.max(0, 1 - editDistance([...a], [...b]) / longest)
}

/** True for words that are shortened within: bk for bank, ctr for center. */
function isContraction(short: string, long: string): boolean {
  if (short.length < 2 || long.length < short.length + 2 || short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at >= short.length
}

/** How likely one word stands for another: equal, misspelt, or one the beginning of the other. */
function wordLikeness(a: string, b: string): number {
  if (a === b) return 1
  if (/\d/.test(a) || /\d/.test(b)) return 0
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (`${short}s` === long || `${short}es` === long) return 0.97
  if (short.length >= 3 && long.startsWith(short)) return short.length >= 4 ? 0.85 : 0.75
  if (short.length === 1 && long.startsWith(short)) return 0.4
  if (isContraction(short, long)) return 0.75
  if (short.length < 4) return 0
  const alike = slipSimilarity(a, b)
  return alike >= 0.75 ? alike * 0.95 : 0
}

/** Share of the weight of `a` that is found in `b`, and the weight that is not. Each word of `b` serves once. */
function found(a: LatinName, b: LatinName): { share: number; missing: number } {
  const used = new Set<number>()
  let sum = 0
  let total = 0
  for (const word of a.words) {
    total += word.weight
    let best = 0
    let at = -1
    for (const [i, other] of b.words.entries()) {
      if (used.has(i)) continue
      const like = wordLikeness(word.text, other.text)
      if (like > best) {
        best = like
        at = i
      }
    }
    if (at >= 0) used.add(at)
    sum += best * word.weight
  }
  return total === 0 ? { share: 0, missing: 0 } : { share: sum / total, missing: total - sum }
}

/** True when one name is the initials of the other: IBM, International Business Machines. */
const isAcronym = (a: LatinName, b: LatinName): boolean => {
  const strong = a.words.filter((word) => word.weight > 0.1)
  return strong.length === 1 && strong[0]!.text.length >= 2 && b.words.length >= 2 && acronymsOf(b).includes(strong[0]!.text)
}

const conflictCosts = 0.22
const tolerated = 0.3
const surelyAlike = 0.82

/** Compares two names written in letters. Words that contradict each other on both sides cost. */
export function compareLatin(a: LatinName, b: LatinName): NameMatch {
  if (a.joined === b.joined) return { score: 0.99, kind: 'words', sure: true }
  if (isAcronym(a, b) || isAcronym(b, a)) {
    const letters = Math.min(a.joined.length, b.joined.length)
    return { score: letters === 2 ? 0.7 : 0.86, kind: 'acronym', sure: letters > 2 }
  }
  const [there, back] = [found(a, b), found(b, a)]
  const both = (there.share + back.share) / 2
  const inside = Math.max(there.share, back.share) * 0.72 + Math.min(there.share, back.share) * 0.28
  const conflict = Math.min(there.missing, back.missing)
  const slips = slipSimilarity(a.joined, b.joined)
  const words = Math.max(both, inside) - conflictCosts * Math.min(1, conflict)
  // Word by word they contradict each other: a letter that differs in a short word is no slip (Haus ABC, Haus ABD).
  const opposed = a.words.length === b.words.length && conflict > tolerated
  if (slips > words && slips > 0.7) return { score: slips, kind: slips > 0.8 ? 'slip' : 'similar', sure: slips >= 0.88 && !opposed }
  return { score: Math.max(0, words), kind: words > 0.8 ? 'words' : 'similar', sure: conflict <= tolerated && words >= surelyAlike }
}
