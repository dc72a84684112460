import { initialsOf } from '../../kernel/pinyin.ts'
import { remember } from '../../kernel/remember.ts'
import type { HanName } from './han-name.ts'
import { industries } from './words/industries.ts'
import { regions } from './words/regions.ts'

/** Key of one part of a name, of two parts in any order, of initials. */
const one = (part: string) => `c:${part}`
const two = (a: string, b: string) => (a < b ? `h:${a}${b}` : `h:${b}${a}`)

const initialsKept = 6
export const soundKey = (initials: string) => `i:${initials.slice(0, initialsKept)}`

/** Parts of a name that short forms of it are made of. */
interface Telling {
  brand: string[]
  trade: string[]
  place: string[]
  /** Of words of trade made of others where the last one begins: 银 in 农村商业银行. */
  tail: string[]
}

const partsKept = 5
const partsSearched = 9

const lastWordOf = remember(500, (word): string => {
  for (let at = 1; at < word.length - 1; at++) if (industries.has(word.slice(at))) return word.slice(at)
  return ''
})

/** The first parts, and of many the last two: 太平洋精锻 is called 精锻. */
const endsOf = (parts: string[], most: number): string[] =>
  parts.length <= most ? parts : [...parts.slice(0, most - 2), ...parts.slice(-2)]

function tellingParts(name: HanName, most: number): Telling {
  const brand: string[] = []
  const place: string[] = []
  const trade: string[] = []
  const seconds: string[] = []
  const tail: string[] = []
  for (const unit of name.units) {
    const parts = name.parts.slice(unit.at, unit.at + unit.length)
    if (unit.kind === 'brand' || unit.kind === 'latin') brand.push(...endsOf(parts, most))
    // The town tells more than its province: 江苏常熟农村商业银行 is 常熟银行.
    else if (unit.kind === 'region') place.unshift(...parts.slice(0, 2))
    else {
      trade.push(parts[0]!)
      if (parts[1]) seconds.push(parts[1])
      const last = unit.kind === 'industry' ? lastWordOf(unit.text) : undefined
      if (last) tail.push(last[0]!)
    }
  }
  const first = (list: string[], n: number) => [...new Set(list)].slice(0, n)
  return { brand: first(brand, most), trade: first([...trade, ...tail, ...seconds], 5), place: first(place, 3), tail: first(tail, 1) }
}

type Pair = readonly [string, string]

const across = (a: string[], b: string[]): Pair[] => a.flatMap((x) => b.map((y): Pair => [x, y]))

/** Neighbours first, then those further apart. */
const within = (list: string[]): Pair[] => list.flatMap((_, gap) => (gap === 0 ? [] : list.slice(gap).map((b, i): Pair => [list[i]!, b])))

/** Pairs of parts by which a name should be found, those first of which short names are most often made. */
function pairsOf({ brand, trade, place, tail }: Telling): Pair[] {
  const [b1, b2, b3, b4, b5] = brand
  const [t1, t2] = trade
  const [p1] = place
  const [l1] = tail
  const usual = [
    [b1, b2],
    [b3, b4],
    [b4, b5],
    [p1, t1],
    [p1, l1],
    [b1, t1],
    [b1, l1],
    [t1, t2],
    [p1, b1],
    [b2, b3],
    [b2, t1],
    [p1, t2],
  ].filter((pair): pair is [string, string] => pair[0] !== undefined && pair[1] !== undefined)
  const others = [
    ...within(brand),
    ...within(trade),
    ...across(place, trade),
    ...across(brand, trade),
    ...across(place, brand),
    ...within(place),
  ]
  const seen = new Set<string>()
  return [...usual, ...others].filter(([a, b]) => a !== b && !seen.has(two(a, b)) && seen.add(two(a, b)))
}

const onlyDigits = /^[0-9]+$/

/** Keys of the initials: of the whole name, and without its place. */
export function soundKeys(name: HanName): string[] {
  const stem = name.units.filter((unit) => unit.kind !== 'region' && (unit.kind !== 'generic' || name.units.length === 1))
  const whole = initialsOf(name.parts.join(''))
  const bare = initialsOf(stem.map((unit) => name.parts.slice(unit.at, unit.at + unit.length).join('')).join(''))
  return [...new Set([whole, bare].filter((initials) => initials.length >= 2 && !onlyDigits.test(initials)).map(soundKey))]
}

/** What a Chinese name is kept under: for each probe one key, that of one character while few names have it, else of two. */
export function hanProbes(name: HanName): string[][] {
  const telling = tellingParts(name, partsKept)
  const pairs = pairsOf(telling).map(([a, b]) => [one(a), one(b), two(a, b)])
  const alone = [...telling.brand, ...telling.trade, ...telling.place].map((part) => [one(part)])
  return [...soundKeys(name).map((key) => [key]), ...pairs, ...alone]
}

const provinceOf: ReadonlyMap<string, string> = new Map(
  [...regions.values()].filter(({ whole, short, name }) => whole && !name.startsWith(short)).map(({ short, name }) => [short, name]),
)

/** What begins with the sign of a province may be kept under its name: 渝农商行 is a bank of 重庆. */
function withProvince(telling: Telling): Telling {
  const province = telling.place.length === 0 ? provinceOf.get(telling.brand[0] ?? '') : undefined
  return province ? { ...telling, place: [province[0]!] } : telling
}

const pairsForSingles = 8
const mostSingles = 9

/** What a Chinese name, or a short form of it, is looked for under. */
export function hanSearchKeys(name: HanName): string[] {
  const telling = withProvince(tellingParts(name, partsSearched))
  const pairs = pairsOf(telling)
  const singles = [...new Set([...telling.brand, ...pairs.slice(0, pairsForSingles).flat()])].slice(0, mostSingles)
  return [...singles.map(one), ...soundKeys(name), ...pairs.map(([a, b]) => two(a, b))]
}
