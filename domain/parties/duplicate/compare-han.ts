import { align } from './align-names.ts'
import { editDistance } from './edit-distance.ts'
import { type HanName, soundsOf } from './han-name.ts'
import { better, type NameMatch, noMatch } from './name-match.ts'

const brandOf = (name: HanName): string =>
  name.units
    .filter((unit) => unit.kind === 'brand' || unit.kind === 'latin')
    .map((unit) => unit.text)
    .join('')

/** How much of the long name the short one speaks of, and whether what it leaves out is only place or build (集团). */
function coverage(long: HanName, at: readonly number[]): { covered: number; tellsAll: boolean; namesPlace: boolean } {
  let sum = 0
  let total = 0
  let tellsAll = true
  let namesPlace = true
  for (const unit of long.units) {
    let count = 0
    for (const place of at) if (place >= unit.at && place < unit.at + unit.length) count++
    const begins = at.includes(unit.at)
    const partly = (begins ? 0.72 : 0.5) + 0.25 * (count / unit.length)
    total += unit.weight
    sum += unit.weight * (count === unit.length ? 1 : count > 0 ? partly : 0)
    if (unit.kind === 'region' && count === 0 && unit.region?.short !== '中') namesPlace = false
    if (unit.kind === 'industry' && !begins) tellsAll = false
    if ((unit.kind === 'brand' || unit.kind === 'latin') && count < unit.length) tellsAll = false
  }
  // Where nobody is named (江苏 + 银行), the place is the name.
  return { covered: total === 0 ? 0 : sum / total, tellsAll: tellsAll && (namesPlace || brandOf(long) !== ''), namesPlace }
}

/** A short form that stands in the name as it is says more than one made of characters from here and there. */
const wholeForm = 0.3
const standsIn = (short: HanName, at: readonly number[]): boolean =>
  short.parts.length >= 3 && at.every((place, i) => place >= 0 && place === at[0]! + i)

/** One name as a short form of the other. */
function abbreviation(short: HanName, long: HanName): NameMatch {
  const { found, at } = align(short, long)
  const { covered, tellsAll, namesPlace } = coverage(long, at)
  const complete = at.every(
    (place, i) => (place >= 0 && short.parts[i] === long.parts[place]) || short.units[short.unitOf[i]!]!.kind === 'generic',
  )
  const telling = short.parts.length >= 3 || (namesPlace && brandOf(short) === brandOf(long))
  const spoken = standsIn(short, at) ? covered + wholeForm * (1 - covered) : covered
  return { score: found ** 1.6 * (0.5 + 0.5 * spoken), kind: 'abbreviation', sure: complete && tellsAll && telling }
}

const shortestForSlips = 5

/** True when what `other` has otherwise lies within a place or a word of trade of `name`, so that the name proper stands. */
function differsOutsideOfBrand(name: HanName, other: HanName): boolean {
  const [a, b] = [name.parts, other.parts]
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let [end, endOther] = [a.length, b.length]
  while (end > from && endOther > from && a[end - 1] === b[endOther - 1]) {
    end--
    endOther--
  }
  const touched = name.units.filter((unit) =>
    from < end ? unit.at < end && unit.at + unit.length > from : unit.at < from && unit.at + unit.length > from,
  )
  return touched.length > 0 && touched.every((unit) => unit.kind === 'region' || unit.kind === 'industry') && brandOf(name).length >= 2
}

/**
 * Slips of the pen: missing, added, swapped, wrong characters; wrong ones of the same sound count half. Sure only where the
 * slip cannot make another firm's name: outside of the name proper, or of the same sound.
 */
function slip(a: HanName, b: HanName): NameMatch {
  const longest = Math.max(a.parts.length, b.parts.length)
  if (Math.abs(a.parts.length - b.parts.length) > 3) return noMatch
  const [soundsA, soundsB] = [soundsOf(a), soundsOf(b)]
  const distance = editDistance(a.parts, b.parts, (i, j) => (soundsA[i] === soundsB[j] ? 0.5 : 1))
  const noOther = () => a.parts.length !== b.parts.length || [...a.parts].sort().join('') === [...b.parts].sort().join('')
  const outside = distance <= 1 && noOther() && (differsOutsideOfBrand(a, b) || differsOutsideOfBrand(b, a))
  return {
    score: Math.max(0, 1 - (1.1 * distance) / longest),
    kind: distance <= 2 ? 'slip' : 'similar',
    sure: longest >= shortestForSlips && (distance <= 0.5 || outside),
  }
}

/** Compares two Chinese names. */
export function compareHan(a: HanName, b: HanName): NameMatch {
  const [short, long] = a.parts.length <= b.parts.length ? [a, b] : [b, a]
  return better(abbreviation(short, long), slip(a, b))
}
