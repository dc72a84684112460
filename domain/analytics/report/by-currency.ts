import { type Money, money } from '../../kernel/money.ts'

/** Sums of documents by their own currency. */
export function currencySums(base: string) {
  const sums = new Map<string, { count: number; amount: number }>()
  return {
    add(currency: string, amount: number): void {
      const sum = sums.get(currency) ?? { count: 0, amount: 0 }
      sums.set(currency, { count: sum.count + 1, amount: sum.amount + amount })
    },
    /** Nothing while all are in the currency of the books: the total says it. */
    shown(): { currency: string; count: number; amount: Money }[] {
      if ([...sums.keys()].every((currency) => currency === base)) return []
      return [...sums]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, { count, amount }]) => ({ currency, count, amount: money(amount, currency) }))
    },
  }
}
