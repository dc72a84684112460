/** What is known of a person by which it is found in everything that a tenant has. */
export interface Person {
  /** Of its records: a contact, the leads that became it, a user. */
  ids: readonly string[]
  names: readonly string[]
  /** Addresses and accounts. */
  accounts: readonly string[]
  phones: readonly string[]
  /** What was written down with it: such texts are copied, as the subject of what was agreed. */
  said?: readonly string[]
  /** Partition of the customer where it works: there also a short name is its name. */
  home?: string
  /** Names of the firm: they stay, also where they contain the name of the person. */
  firms: readonly string[]
}

/** Stands where a person stood. */
export const erased = '[erased]'

const shortestText = 5
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const isLatin = (name: string): boolean => /^[\p{Script=Latin}\p{N}\p{P}\s]+$/u.test(name)

/** A Latin name is no part of a longer word; elsewhere than at home a name must be long enough to be nobody else's. */
const namePattern = (name: string): string => (isLatin(name) ? `(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])` : escaped(name))
const isTelling = (name: string): boolean => (isLatin(name) ? /\s/.test(name) && name.length > 4 : [...name].length > 2)

const between = '[\\s().-]*'
const spaced = (digits: string): string => [...digits].join(between)

/** Its last eleven digits with whatever people put between them, and what stands before these: a country as it is written, or its own. */
function phonePattern(phone: string): string | undefined {
  const digits = phone.replace(/\D/g, '')
  const [own, last] = [digits.slice(0, -11), digits.slice(-11)]
  if (last.length < 7) return undefined
  const before = [`(?:\\+|00)\\d{1,3}${between}`, '\\d{1,3}[\\s().-]+', ...(own ? [`${spaced(own)}${between}`] : [])]
  return `(?<!\\d)(?:${before.join('|')})?${spaced(last)}(?!\\d)`
}

/** What a text loses that says who the person is; the same text when it says nothing. */
export type Eraser = (text: string) => string

/** How texts are searched for a person, at home (of its customer) or anywhere. */
export function eraserOf({ names, accounts, phones, said = [], firms }: Person, isHome: boolean): Eraser {
  const kept = firms.filter((firm) => !names.includes(firm)).map((firm) => `(${escaped(firm)})`)
  const sought = [
    ...[...said, ...accounts].filter((text) => text.length >= shortestText).map(escaped),
    ...phones.flatMap((phone) => phonePattern(phone) ?? []),
    ...names.filter((name) => [...name].length > 1 && (isHome || isTelling(name))).map(namePattern),
  ]
  if (sought.length === 0) return (text) => text
  const pattern = new RegExp([...kept, `(?:${sought.join('|')})`].join('|'), 'giu')
  return (text) =>
    text.replace(pattern, (found, ...groups) => (groups.slice(0, kept.length).some((group) => group !== undefined) ? found : erased))
}
