import type { Context } from '../kernel/context.ts'
import { invalid } from '../kernel/errors.ts'
import { Decimal, inBase, Money, minor } from '../kernel/money.ts'
import { rule } from '../kernel/parse-input.ts'

/** The largest amount of one document: sums of thousands of them are still exact. */
const most = 9_999_999_999.99

const isAbove = ({ amount }: Money) => Number(amount) > 0
const isBelow = ({ amount }: Money) => Number(amount) <= most

/** An amount that is posted: more than zero. */
export const PostedMoney = Money.refine(isAbove, { ...rule('amount.not-positive', 'must be more than zero'), path: ['amount'] }).refine(
  isBelow,
  {
    ...rule('amount.too-large', `must be at most ${most}`),
    path: ['amount'],
  },
)

export const ExchangeRate = Decimal.refine((rate) => Number(rate) > 0, rule('exchange-rate.not-positive', 'must be more than zero'))
  .refine((rate) => Number(rate) <= 1_000_000, rule('exchange-rate.too-large', 'must be at most 1000000'))
  .meta({ examples: ['7.1234'] })

/** An amount as the books have it: its rate to the currency of the firm, and minor units there. */
interface Booked {
  exchangeRate: string
  base: number
}

/**
 * The amount in the currency of the books. 422 `exchange-rate.required` for a foreign amount without a rate,
 * `exchange-rate.not-one` for another rate than 1 of our own currency, `amount.too-large` for what comes out too large.
 */
export function booked(ctx: Context, amount: Money, given: string | null | undefined): Booked {
  const { currency } = ctx.tenant
  const isOwn = amount.currency === currency
  if (!isOwn && !given)
    throw invalid(
      'exchange-rate.required',
      '/exchangeRate',
      `Say how many ${currency} one ${amount.currency} is worth: the rate stays with the document.`,
    )
  if (isOwn && given && given !== '1')
    throw invalid('exchange-rate.not-one', '/exchangeRate', `${currency} is the currency of the firm: its rate is 1.`)
  const exchangeRate = given ?? '1'
  if (Number(amount.amount) * Number(exchangeRate) > most * 100)
    throw invalid('amount.too-large', '/exchangeRate', 'The amount is too large in the currency of the firm.')
  return { exchangeRate, base: inBase(minor(amount), { currency: amount.currency, exchangeRate }, currency) }
}

/**
 * What `part` of `whole` minor units comes to of `base`, rounded half up. Parts are taken as differences of what is settled
 * before and after, so that all parts of a document sum to its base exactly, in whatever order they come.
 */
export function shareOfBase({ base, whole }: { base: number; whole: number }, part: number): number {
  if (base === whole) return part
  const [b, w, p] = [BigInt(base), BigInt(whole), BigInt(part)]
  return Number((2n * b * p + w) / (2n * w))
}
