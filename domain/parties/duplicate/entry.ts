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

/** The names back, each with spaces between its words. */
export const namesInEntry = (text: string): string[] => text.split('|')

/** What one customer takes of an entry. */
export const attributeBytes = (attribute: string, text: string): number => bytes(attribute) + bytes(text) + attributeOverhead

/** True when an entry with these attributes takes one more. */
export function hasRoom(entry: Readonly<Record<string, string>>, attribute: string, text: string): boolean {
  if (attribute in entry) return true
  let used = overhead + attributeBytes(attribute, text)
  for (const [name, value] of Object.entries(entry)) used += attributeBytes(name, value)
  return used <= entryLimit
}
