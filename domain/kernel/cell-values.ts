import { currencyBySign, currencySignIn } from './currency-signs.ts'
import { localTime } from './dates.ts'
import { Problem } from './errors.ts'
import { quoted } from './text.ts'

/** What people write into cells, read as what it means. Each fails with 422 `row.value-invalid` and a sentence. */

type Zoned = { tenant: { timeZone: string; currency: string } }

const invalidValue = (message: string) => new Problem('invalid', 'row.value-invalid', message)
/** Text of one line: a line break that somebody typed into the cell is a space. */
export const textValue = (_: unknown, text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')

/** Text of several lines. */
export const paragraphValue = (_: unknown, text: string): string => text

/** Several values in one cell. */
export const listValue = (_: unknown, text: string): string[] =>
  text
    .split(/[;；,，、\n|]/)
    .map((part) => part.trim())
    .filter(Boolean)

/** Phone numbers in one cell; a comma may stand before an extension, a slash only between whole numbers. */
export const phonesValue = (_: unknown, text: string): string[] =>
  text
    .split(/[;；，、\n|]|(?<=\d{7})\s*\/\s*(?=[+0]?\d[\d -]{6})/)
    .map((part) => part.normalize('NFKC').trim())
    .filter(Boolean)

const dayMs = 86_400_000

const separated = /^(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?/
/** Also with the time of day behind it, as banks write it. */
const together = /^(\d{4})(\d{2})(\d{2})(?=$|\s|\d{6}$)/
const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})/

const serial = /^\d{5}$/
const [firstSerial, lastSerial] = [32_874, 73_050]

/** The day of a number that a spreadsheet shows for it where the cell has lost its format, from 1990 to 2099. */
function serialDay(text: string): string | undefined {
  const days = serial.test(text) ? Number(text) : 0
  if (days < firstSerial || days > lastSerial) return undefined
  return new Date(Date.UTC(1899, 11, 30) + days * dayMs).toISOString().slice(0, 10)
}

function dayOf(text: string): { date: string; rest: string } | undefined {
  const counted = serialDay(text)
  if (counted) return { date: counted, rest: '' }
  const found = separated.exec(text) ?? together.exec(text)
  const turned = found ? undefined : german.exec(text)
  const [year, month, day] = found ? found.slice(1) : turned ? turned.slice(1).reverse() : []
  if (!year || !month || !day) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const isReal = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)
  return isReal ? { date, rest: text.slice((found ?? turned)![0].length).trim() } : undefined
}

/** A day, in the forms that cannot be taken for another day: the year first, the German one, or the number of a spreadsheet. */
export function dateValue(_: unknown, text: string): string {
  const day = dayOf(text.normalize('NFKC'))
  if (!day) throw invalidValue(`${quoted(text)} is no date. Write it as 2026-11-21.`)
  return day.date
}

const clock = /^[T ]?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/

/** A moment: with an offset as it stands, else as the firm's clock shows it; a day alone is its beginning. */
export function momentValue(ctx: Zoned, text: string): string {
  const plain = text.normalize('NFKC')
  if (/T.*(Z|[+-]\d{2}:?\d{2})$/.test(plain) && !Number.isNaN(Date.parse(plain))) return new Date(plain).toISOString()
  const day = dayOf(plain)
  const time = day?.rest ? clock.exec(day.rest) : undefined
  if (!day || (day.rest && !time)) throw invalidValue(`${quoted(text)} is no moment. Write it as 2026-11-21 09:30.`)
  const [hour, minute, second] = [time?.[1], time?.[2], time?.[3]].map((part) => Number(part ?? 0)) as [number, number, number]
  if (hour > 23 || minute > 59 || second > 59) throw invalidValue(`${quoted(text)} is no moment. Write it as 2026-11-21 09:30.`)
  return atLocalTime(day.date, hour, minute, second, ctx.tenant.timeZone)
}

/** How far a clock in the zone is ahead of UTC at a moment, in ms. */
function aheadAt(moment: number, zone: string): number {
  const { date, hour, minute } = localTime(new Date(moment).toISOString(), zone)
  return Date.parse(date) + (hour * 60 + minute) * 60_000 - Math.floor(moment / 60_000) * 60_000
}

/**
 * The moment at which a clock in the zone shows that time: the first of two where clocks are put back; where they are put forward and
 * skip it, as much later.
 */
function atLocalTime(date: string, hour: number, minute: number, second: number, zone: string): string {
  const wanted = Date.parse(date) + ((hour * 60 + minute) * 60 + second) * 1000
  const [before, after] = [wanted - aheadAt(wanted - dayMs, zone), wanted - aheadAt(wanted + dayMs, zone)]
  const shows = (moment: number) => moment + aheadAt(moment, zone) === wanted
  return new Date(!shows(before) && shows(after) ? after : before).toISOString()
}

const yes = new Set(['是', '对', '有', '√', '✓', 'y', 'yes', 'true', '1', 'x', 'ja', 'oui', 'sí', 'si'])
const no = new Set(['否', '不', '无', '×', 'n', 'no', 'false', '0', 'nein', 'non'])

/** Yes or no, as people tick it. */
export function yesValue(_: unknown, text: string): boolean {
  const plain = text.normalize('NFKC').toLowerCase()
  if (yes.has(plain)) return true
  if (no.has(plain)) return false
  throw invalidValue(`${quoted(text)} is neither yes nor no. Write 是 or 否, yes or no.`)
}

/** A whole number. */
export function wholeValue(_: unknown, text: string): number {
  const plain = text.normalize('NFKC').replaceAll(/[\s,]/g, '')
  if (!/^-?\d{1,15}(\.0+)?$/.test(plain)) throw invalidValue(`${quoted(text)} is no whole number.`)
  return Number(plain)
}

/** An amount in the firm's currency unless the cell names one: `1,234.50`, `¥1234`, `€1234`, `1234.5 USD`. */
export function moneyValue(ctx: Zoned, text: string): { amount: string; currency: string } {
  const plain = text.normalize('NFKC').replaceAll(/[\s,¥€$£元]/g, '')
  const found = /^([A-Za-z]{3})?(-?\d{1,15}(?:\.\d{1,6})?)([A-Za-z]{3})?$/.exec(plain)
  if (!found) throw invalidValue(`${quoted(text)} is no amount. Write it as 1234.50, or 1234.50 USD.`)
  const currency = found[1] ?? found[3] ?? currencyBySign(currencySignIn(text), ctx.tenant.currency)
  if (!currency) throw invalidValue(`${quoted(text)} does not say which currency it is in. Write its code, such as 1234.50 USD.`)
  return { amount: found[2]!.replace(/^(-?)0+(?=\d)/, '$1'), currency: currency.toUpperCase() }
}

/** One of a few values, by its name or by what people call it. */
export function choiceValue<T extends string>(choices: Record<T, readonly string[]>) {
  const byWord = new Map<string, T>()
  for (const [value, words] of Object.entries(choices) as [T, readonly string[]][])
    for (const word of [value, ...words]) byWord.set(word.toLowerCase(), value)
  return (_: unknown, text: string): T => {
    const found = byWord.get(text.normalize('NFKC').trim().toLowerCase())
    if (found) return found
    throw invalidValue(`${quoted(text)} is not one of: ${Object.keys(choices).join(', ')}.`)
  }
}
