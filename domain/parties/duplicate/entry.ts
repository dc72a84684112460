/**
 * An entry keeps, under one key, the names that can be found by it: an attribute for each customer, named by the token of
 * its id, with its names as words. It is held within 1 KB, so that every addition costs 2 WRU and no more.
 */
const entryLimit = 1024

/** Keys of the table and `v` with their names, and some to spare. */
const overhead = 145
const attributeOverhead = 4

/** How a customer's names stand in its entries: at most so many bytes of them. */
const longestNames = 120

const bytes = (text: string) => Buffer.byteLength(text)

/** The names that are kept under a key, as one text. */
export function entryText(names: readonly (readonly string[])[]): string {
  let text = ''
  for (const words of names) {
    const next = text === '' ? words.join(' ') : `${text}|${words.join(' ')}`
    if (text !== '' && bytes(next) > longestNames) break
    text = next
  }
  return cut(text, longestNames)
}

/** The first whole characters that fit. */
function cut(text: string, most: number): string {
  if (bytes(text) <= most) return text
  let kept = ''
  for (const character of text) {
    if (bytes(kept + character) > most) break
    kept += character
  }
  return kept
}

/** Stands before the house numbers. No name has it: they are words of letters and digits. */
const streetSign = '@'
const anyStreet = '*'
const longestNumber = 4
const mostStreets = 2

/** The number by which a street is told from others; empty where it has none. */
export const houseNumber = (street: string): string => street.match(/\d+/)?.[0] ?? ''

const marksOf = (streets: readonly string[]): Set<string> => new Set(streets.map((street) => houseNumber(street).slice(0, longestNumber)))

/** Names as they stand in an entry, with the house numbers of their customer: of names that are merely alike who lives elsewhere is not read. */
export function withStreets(names: string, streets: readonly string[]): string {
  if (streets.length === 0) return names
  const marks = marksOf(streets)
  return `${names}${streetSign}${marks.size > mostStreets ? anyStreet : [...marks].join(' ')}`
}

/** False when none of the streets is one of those in the entry. */
export function mayShareStreet(text: string, streets: readonly string[]): boolean {
  const at = text.indexOf(streetSign)
  if (at < 0) return false
  const kept = text.slice(at + 1)
  if (kept === anyStreet) return streets.length > 0
  const marks = marksOf(streets)
  return kept.split(' ').some((mark) => marks.has(mark))
}

/** The names back, each with spaces between its words. */
export const namesInEntry = (text: string): string[] => text.split(streetSign, 1)[0]!.split('|')

/** What one customer takes of an entry. */
export const attributeBytes = (attribute: string, text: string): number => bytes(attribute) + bytes(text) + attributeOverhead

/** What most names take. An entry with less room takes no shorter ones either, so that it is closed for good. */
const usualBytes = 48

function bytesUsed(entry: Readonly<Record<string, string>>): number {
  let used = overhead
  for (const name of Object.keys(entry)) used += attributeBytes(name, entry[name]!)
  return used
}

/** True when an entry with these attributes takes one more. */
export const hasRoom = (entry: Readonly<Record<string, string>>, attribute: string, text: string): boolean =>
  attribute in entry || bytesUsed(entry) + Math.max(attributeBytes(attribute, text), usualBytes) <= entryLimit

/** True when nobody finds room in an entry, unless somebody leaves it: what was read of it misses no newcomer. */
export const isClosed = (entry: Readonly<Record<string, string>>): boolean => bytesUsed(entry) + usualBytes > entryLimit
