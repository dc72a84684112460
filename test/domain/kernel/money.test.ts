import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyDigits } from '../../../domain/kernel/currencies.ts'
import {
  addMoney,
  allocate,
  Decimal,
  ExchangeRate,
  inBase,
  Money,
  minor,
  money,
  NonNegativeMoney,
  roundToMinor,
} from '../../../domain/kernel/money.ts'

const currencies = fc.constantFrom('CNY', 'EUR', 'JPY', 'VND', 'KWD', 'CLF')
const units = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
const messages = (input: unknown) => Money.safeParse(input).error?.issues.map((issue) => issue.message)

describe('money', () => {
  it('turns minor units into text and back, in every currency', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, (amount, currency) => {
        const value = money(amount, currency)

        expect(minor(value)).toBe(amount)
        expect(Money.parse(value)).toEqual(value)
      }),
    )
  })

  it.each([
    [123450, 'CNY', '1234.50'],
    [5, 'JPY', '5'],
    [1, 'KWD', '0.001'],
    [-5, 'EUR', '-0.05'],
    [-0, 'EUR', '0.00'],
  ])('writes %d minor units of %s as %s', (amount, currency, text) => {
    expect(money(amount, currency).amount).toBe(text)
  })

  it('fills up missing decimals', () => {
    expect(Money.parse({ amount: '12.5', currency: 'CNY' })).toEqual({ amount: '12.50', currency: 'CNY' })
    expect(Money.parse({ amount: '-0', currency: 'CNY' })).toEqual({ amount: '0.00', currency: 'CNY' })
  })

  it('refuses more decimals than the currency has', () => {
    expect(messages({ amount: '1.005', currency: 'CNY' })).toEqual(['must have at most 2 decimals in CNY'])
    expect(messages({ amount: '1.5', currency: 'JPY' })).toEqual(['must have no decimals in JPY'])
  })

  it.each([
    '',
    '1e3',
    '01',
    '1,000.00',
    '.5',
    '1.',
    '+1',
    '１２',
    'NaN',
    ' 1',
    '1\n',
    '0x10',
    '90000000000000000',
    '900000000000000',
    12,
    null,
    ['1'],
  ])('refuses the amount %j with one message', (amount) => {
    expect(messages({ amount, currency: 'CNY' })).toHaveLength(1)
  })

  it.each(['cny', 'XXX', 'XAU', 'RMB', 'HRK', '', 'constructor', '__proto__'])('refuses the currency %j', (currency) => {
    expect(messages({ amount: '1', currency })).toEqual(['must be an active ISO 4217 currency code in capitals, such as CNY'])
  })

  it('refuses a property it does not know', () => {
    expect(Money.safeParse({ amount: '1', currency: 'CNY', rate: '7' }).success).toBe(false)
  })

  it('refuses less than zero where only zero or more makes sense', () => {
    expect(NonNegativeMoney.safeParse({ amount: '-0.01', currency: 'CNY' }).success).toBe(false)
    expect(NonNegativeMoney.parse({ amount: '0', currency: 'CNY' }).amount).toBe('0.00')
  })

  it('knows the currencies with other than two decimals', () => {
    expect(['CNY', 'JPY', 'KWD', 'CLF', 'VND', 'XYZ'].map(currencyDigits)).toEqual([2, 0, 3, 4, 0, undefined])
  })
})

describe('arithmetic', () => {
  it('adds exactly', () => {
    fc.assert(
      fc.property(units, units, currencies, (a, b, currency) => {
        expect(minor(addMoney(money(a, currency), money(b, currency)))).toBe(a + b)
      }),
    )
  })

  it('never combines two currencies', () => {
    const combine = () => addMoney(money(1, 'CNY'), money(1, 'EUR'))

    expect(combine).toThrow(expect.objectContaining({ code: 'money.currency-mismatch' }))
  })

  it('refuses what cannot be kept exactly', () => {
    expect(() => money(Number.MAX_SAFE_INTEGER + 1, 'CNY')).toThrow(RangeError)
    expect(() => money(0.5, 'CNY')).toThrow(RangeError)
    expect(() => minor({ amount: '1.001', currency: 'CNY' })).toThrow(RangeError)
    expect(() => roundToMinor('1e20', 'CNY')).toThrow(RangeError)
  })

  it.each([
    ['1.005', 101],
    ['1.004999', 100],
    ['-1.005', -101],
    ['2.675', 268],
    ['0', 0],
  ])('rounds %s yuan half up to %d fen', (amount, fen) => {
    expect(roundToMinor(amount, 'CNY')).toBe(fen)
  })
})

describe('allocate', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 })

  it('loses and invents nothing, and is never more than one unit off a share', () => {
    fc.assert(
      fc.property(units, weights, (total, parts) => {
        const given = allocate(total, parts)
        const sum = parts.reduce((a, b) => a + b, 0)

        expect(given.reduce((a, b) => a + b, 0)).toBe(total)
        expect(sum === 0 || given.every((part, i) => Math.abs(part - (total * parts[i]!) / sum) < 1.001)).toBe(true)
      }),
    )
  })

  it('gives the odd unit to the largest remainder, and ties to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocate(10, [5, 3, 1])).toEqual([6, 3, 1])
    expect(allocate(-100, [1, 1, 1])).toEqual([-34, -33, -33])
    expect(allocate(3, [0, 0])).toEqual([2, 1])
  })

  it.each([[[]], [[-1]], [[0.5]], [[Number.NaN]]])('refuses the weights %j', (parts) => {
    expect(() => allocate(1, parts)).toThrow(RangeError)
  })
})

describe('decimals', () => {
  it.each([
    ['1.50', '1.5'],
    [1.5, '1.5'],
    ['100', '100'],
    ['0.000000', '0'],
    [-0, '0'],
    ['-2.10', '-2.1'],
    ['0.000001', '0.000001'],
  ])('turns %j into %s', (input, text) => {
    expect(Decimal.parse(input)).toBe(text)
  })

  it.each(['1.0000001', 0.1 + 0.2, 1e21, 1e-7, '1e3', 'abc', '', Number.NaN, Number.POSITIVE_INFINITY, null, true, '1234567890123'])(
    'refuses %j',
    (input) => {
      expect(Decimal.safeParse(input).success).toBe(false)
    },
  )
})

describe('an exchange rate', () => {
  it.each([
    ['7.1000', '7.1'],
    [0.00028, '0.00028'],
    [0.0000000001, '0.0000000001'],
    [1, '1'],
  ])('%s is kept as %s', (given, kept) => {
    expect(ExchangeRate.parse(given)).toBe(kept)
  })

  it.each(['0', 0, '-1', '1e3', 0.00000000001, '1234567890', '.5', Number.NaN])('%s is none', (given) => {
    expect(ExchangeRate.safeParse(given).success).toBe(false)
  })

  it('brings amounts into the currency of the books, half up, whatever their decimals', () => {
    expect(inBase(10_050, { currency: 'USD', exchangeRate: '7.1' }, 'CNY')).toBe(71_355)
    expect(inBase(1000, { currency: 'JPY', exchangeRate: '0.0485' }, 'CNY')).toBe(4850)
    expect(inBase(1, { currency: 'KWD', exchangeRate: '23.5' }, 'CNY')).toBe(2)
    expect(inBase(123, { currency: 'CNY', exchangeRate: '1' }, 'CNY')).toBe(123)
  })
})
