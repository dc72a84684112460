import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { remember } from '../../kernel/remember.ts'

const countryOfCurrency: Record<string, CountryCode> = {
  CNY: 'CN',
  HKD: 'HK',
  TWD: 'TW',
  JPY: 'JP',
  USD: 'US',
  GBP: 'GB',
  SGD: 'SG',
  KRW: 'KR',
  CHF: 'CH',
}

/** The country in which a number without +86 is dialled: that of the address, else that of the tenant's money. */
const dialledFrom = (country: string | undefined, currency: string): CountryCode | undefined =>
  country && isSupportedCountry(country) ? country : countryOfCurrency[currency]

const fewestDigits = 5

/**
 * One way of writing for a telephone number: +862165432100 for 021-6543 2100, without an extension (a switchboard is one
 * number). What cannot be read as a number of the country is compared by its digits; undefined when those are too few.
 */
export const readPhone = (text: string, country: string | undefined, currency: string): string | undefined =>
  keptKey(`${dialledFrom(country, currency) ?? ''}|${text}`) || undefined

/** 028-8666 7788-803, as Chinese firms write the extension: what is a number only without its end. */
const dashedExtension = /\s*[-–—/]\s*\d{1,5}\s*$/

const mostKept = 500
const keptKey = remember(mostKept, (asked) => {
  const [country, text] = [asked.slice(0, asked.indexOf('|')), asked.slice(asked.indexOf('|') + 1)]
  return parsed(text, (country || undefined) as CountryCode | undefined) ?? ''
})

function parsed(text: string, country: CountryCode | undefined): string | undefined {
  const plain = text.normalize('NFKC').replace(/(?:转|[xX#,*]).*$/, '')
  const number = parsePhoneNumberFromString(plain, country)
  if (number?.isValid()) return number.number
  const switchboard = parsePhoneNumberFromString(plain.replace(dashedExtension, ''), country)
  if (switchboard?.isValid()) return switchboard.number
  if (number?.isPossible()) return number.number
  const digits = plain.replace(/\D/g, '')
  return digits.length >= fewestDigits ? digits : undefined
}
