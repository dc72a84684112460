import type { TenantInfo } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { inBase } from '../../kernel/money.ts'
import { mostMinor } from './price-document.ts'

type Firm = Pick<TenantInfo, 'currency'>

/** 422 `document.exchange-rate-missing` for a foreign currency without its rate, `-mismatch` for a rate of the firm's own. */
export function rateOf(firm: Firm, currency: string, given: string | null | undefined): string {
  if (currency === firm.currency) {
    if (!given || given === '1') return '1'
    throw invalid('document.exchange-rate-mismatch', '/exchangeRate', 'This is the currency of the books: its rate is 1.')
  }
  if (given) return given
  throw invalid('document.exchange-rate-missing', '/exchangeRate', `Say what one ${currency} is worth in ${firm.currency}.`)
}

/** The total of a document in the minor units of the books. 422 `document.amount-too-large`. */
export function baseTotal(firm: Firm, total: number, document: { currency: string; exchangeRate: string }): number {
  const tooLarge = () =>
    invalid('document.amount-too-large', '/exchangeRate', 'In the currency of the books the document comes to more than is kept.')
  try {
    const base = inBase(total, document, firm.currency)
    if (base <= mostMinor) return base
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw tooLarge()
}
