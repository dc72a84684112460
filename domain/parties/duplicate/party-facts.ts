import { remember } from '../../kernel/remember.ts'
import { ownDomain } from './email-domain.ts'
import { foldText, wordsOf } from './fold-text.ts'
import { nameWords, normaliseName } from './normalise-name.ts'
import { phoneKeys } from './phone-keys.ts'

interface Address {
  country?: string | null | undefined
  province?: string | null | undefined
  city?: string | null | undefined
  line?: string | null | undefined
}

/** What of a customer, or of one that is to be, is looked at for duplicates. */
export interface PartyInput {
  name: string
  shortName?: string | null | undefined
  aliases?: string[] | null | undefined
  taxNumber?: string | null | undefined
  phones?: string[] | null | undefined
  email?: string | null | undefined
  addresses?: Address[] | null | undefined
}

export interface PartyFacts {
  /** Name, short name, aliases, each as the words without its legal form; no two alike. */
  names: string[][]
  /** The form under which only one customer may stand. */
  normalName: string
  taxNumber?: string
  phones: string[]
  email?: string
  domain?: string
  cities: string[]
  streets: string[]
  /** Words of the addresses; in a name they tell little. */
  places: ReadonlySet<string>
}

/** A tax number without spaces and dashes, in capitals. */
export const taxKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '') || text.trim()

/** A place without 市, 省: 上海市 is 上海. */
const placeKey = (text: string): string => {
  const words = wordsOf(foldText(text)).join('')
  const bare = words.replace(/(?:特别行政区|自治区|自治州|地区|市|省|区|县)$/, '')
  return bare.length >= 2 ? bare : words
}

const given = (texts: (string | null | undefined)[]): string[] => texts.filter((text): text is string => !!text)

/** Name, short name and aliases as words without their legal form; no two alike. */
export function namesOf(input: PartyInput): string[][] {
  const all = given([input.name, input.shortName, ...(input.aliases ?? [])]).map(nameWords)
  const seen = new Set<string>()
  return all.filter((words) => words.length > 0 && !seen.has(words.join('')) && seen.add(words.join('')))
}

/** The streets of the addresses as words. */
export const streetsOf = ({ addresses }: PartyInput): string[] =>
  given((addresses ?? []).map((address) => address.line)).map((line) => wordsOf(foldText(line)).join(' '))

/** Reads what is known of a party; `currency` is the tenant's, it says where numbers without a country are dialled. */
export const factsOf = (input: PartyInput, currency: string): Promise<PartyFacts> => {
  const { name, shortName, aliases, taxNumber, phones, email, addresses } = input
  const places = addresses?.map(({ country, province, city, line }) => ({ country, province, city, line }))
  return keptFacts(JSON.stringify({ currency, name, shortName, aliases, taxNumber, phones, email, addresses: places }))
}

/** Rows of an import are looked at more than once, and candidates again and again. */
const mostKept = 500
const keptFacts = remember(mostKept, (asked) => readFacts(JSON.parse(asked)))

async function readFacts({ currency, ...input }: PartyInput & { currency: string }): Promise<PartyFacts> {
  const addresses = input.addresses ?? []
  const country = addresses.find((address) => address.country)?.country ?? undefined
  const domain = input.email ? ownDomain(input.email) : undefined
  const cities = [...new Set(given(addresses.flatMap((address) => [address.city ?? address.province])).map(placeKey))]
  const written = given(addresses.flatMap((address) => [address.city, address.province]))
  return {
    names: namesOf(input),
    normalName: normaliseName(input.name),
    ...(input.taxNumber ? { taxNumber: taxKey(input.taxNumber) } : {}),
    phones: await phoneKeys(given(input.phones ?? []), country, currency),
    ...(input.email ? { email: input.email.toLowerCase() } : {}),
    ...(domain ? { domain } : {}),
    cities,
    streets: streetsOf(input),
    places: new Set(written.flatMap((place) => wordsOf(foldText(place)))),
  }
}
