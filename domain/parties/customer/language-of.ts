import type { Locale } from '../../kernel/text.ts'
import type { Customer } from './customer.ts'

const chinese = new Set(['CN', 'TW', 'HK', 'MO'])

/**
 * The language a customer is written to in: that of the contact, where it is known; else that of the firm, but English for a customer
 * all of whose addresses are outside China.
 */
export function languageOf({ addresses }: Customer, contact: { locale?: Locale | null | undefined } | undefined, firm: Locale): Locale {
  const countries = (addresses ?? []).flatMap(({ country }) => country ?? [])
  const isAbroad = countries.length > 0 && !countries.some((country) => chinese.has(country))
  return contact?.locale ?? (isAbroad ? 'en' : firm)
}
