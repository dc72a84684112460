import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { money } from '../../../domain/kernel/money.ts'
import { fromMicro, toMicro } from '../../../domain/sales/document/decimal.ts'
import { DocumentLine, documentOf, LineInput, lineIdOf, linesOf, placeOf, taxRates } from '../../../domain/sales/document/line.ts'
import { priceDocument, taxed } from '../../../domain/sales/document/price-document.ts'
import { codesOf } from '../../support/faults-of.ts'

const line = (quantity: string, unitPrice: string, more: Record<string, unknown> = {}) => ({
  quantity,
  unitPrice,
  taxRate: '13' as const,
  ...more,
})
const decimals = (whole: number, places: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: whole }), fc.integer({ min: 0, max: 10 ** places - 1 }))
    .map(([a, b]) => `${a}.${String(b).padStart(places, '0')}`)
const lines = fc.array(
  fc.record({
    quantity: decimals(5000, 3),
    unitPrice: decimals(2000, 6),
    taxRate: fc.constantFrom(...taxRates),
    discountPercent: fc.option(decimals(99, 2), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 20 },
)
const document = fc.record({
  currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
  pricesIncludeTax: fc.boolean(),
  lines,
  discount: fc.option(fc.record({ percent: decimals(99, 2) }), { nil: undefined }),
})
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

describe('the amounts of a document', () => {
  it('are sums of rounded lines, and net and tax make gross', () => {
    fc.assert(
      fc.property(document, (given) => {
        const { lines, netTotal, taxTotal, total } = priceDocument(given)

        expect(sum(lines.map(({ net }) => net))).toBe(netTotal)
        expect(sum(lines.map(({ tax }) => tax))).toBe(taxTotal)
        expect(sum(lines.map(({ gross }) => gross))).toBe(total)
        expect(netTotal + taxTotal).toBe(total)
        for (const { net, tax, gross } of lines) expect({ ok: net + tax === gross && net >= 0 && tax >= 0 }).toEqual({ ok: true })
      }),
    )
  })

  it('go down by exactly the discount, no line by more than a unit beside its share', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 0, max: 1000 }), (given, permille) => {
        const of = ({ net, gross }: { net: number; gross: number }) => (given.pricesIncludeTax ? gross : net)
        const before = priceDocument({ ...given, discount: undefined })
        const all = sum(before.lines.map(of))
        const off = Math.floor((all * permille) / 1000)
        const after = priceDocument({ ...given, discount: { amount: money(off, given.currency) } })

        expect(all - sum(after.lines.map(of))).toBe(off)
        expect(after.discountTotal - before.discountTotal).toBe(off)
        for (const [i, line] of after.lines.entries()) {
          const share = all === 0 ? 0 : (of(before.lines[i]!) * off) / all
          expect(Math.abs(of(before.lines[i]!) - of(line) - share)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('are the same whether tax is added to a net price or taken out of the gross one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom(...taxRates), (net, rate) => {
        const added = taxed(net, rate, false)

        expect(taxed(added.gross, rate, true)).toEqual(added)
      }),
    )
  })

  it.each([
    ['tax included', true, [line('3', '9.99')], { netTotal: 2652, taxTotal: 345, total: 2997 }],
    ['tax added', false, [line('3', '9.99')], { netTotal: 2997, taxTotal: 390, total: 3387 }],
    ['a half cent goes up', false, [line('1', '0.005', { taxRate: '0' })], { netTotal: 1, taxTotal: 0, total: 1 }],
    ['half a cent of tax goes up', false, [line('1', '0.50', { taxRate: '1' })], { netTotal: 50, taxTotal: 1, total: 51 }],
    ['exempt', true, [line('1', '100', { taxRate: 'exempt' })], { netTotal: 10_000, taxTotal: 0, total: 10_000 }],
    ['discount of a line', true, [line('10', '14', { discountPercent: '15', taxRate: '0' })], { total: 11_900, discountTotal: 2100 }],
  ])('%s', (_, pricesIncludeTax, lines, expected) => {
    expect(priceDocument({ currency: 'CNY', pricesIncludeTax, lines })).toMatchObject(expected)
  })

  it('spread 抹零 over the lines by the largest remainder', () => {
    const { lines, total } = priceDocument({
      currency: 'CNY',
      pricesIncludeTax: true,
      lines: [line('1', '33.33'), line('1', '33.33'), line('1', '33.34')],
      discount: { amount: { amount: '1.00', currency: 'CNY' } },
    })

    expect(lines.map(({ gross }) => gross)).toEqual([3300, 3300, 3300])
    expect(total).toBe(9900)
  })

  it('are refused in another currency, above the lines, or beyond what is kept', () => {
    const given = { currency: 'CNY', pricesIncludeTax: true, lines: [line('1', '10')] }
    const code = (more: object) => codesOf(() => priceDocument({ ...given, ...more }))

    expect(code({ discount: { amount: { amount: '1.00', currency: 'USD' } } })).toEqual(['document.currency-mismatch'])
    expect(code({ discount: { amount: { amount: '10.01', currency: 'CNY' } } })).toEqual(['document.discount-too-large'])
    expect(code({ lines: [line('999999999', '999999999999')] })).toEqual(['document.amount-too-large'])
  })
})

describe('a line', () => {
  const input = { description: '样品', quantity: 1, unitPrice: '1' }

  it.each([
    [{ quantity: 0 }, 'line.quantity-not-positive'],
    [{ quantity: '-1' }, 'line.quantity-not-positive'],
    [{ quantity: '0.0000001' }, 'line.quantity-too-precise'],
    [{ quantity: '1e3' }, 'line.quantity-invalid'],
    [{ quantity: 1_000_000_000 }, 'line.quantity-too-large'],
    [{ unitPrice: '1.1234567' }, 'line.price-too-precise'],
    [{ unitPrice: '-0.01' }, 'line.price-negative'],
    [{ discountPercent: '100.01' }, 'line.discount-too-large'],
    [{ description: null }, 'line.empty'],
  ])('with %j is refused as %s', (fault, code) => {
    expect(codesOf(LineInput, { ...input, ...fault })).toEqual([code])
  })

  it('keeps decimals as they were meant', () => {
    expect(LineInput.parse({ ...input, quantity: '1.500000', unitPrice: 0.1, taxRate: 13 })).toMatchObject({
      quantity: '1.5',
      unitPrice: '0.1',
      taxRate: '13',
    })
  })

  it('stands in a document of 1 to 200', () => {
    const of = (n: number) => codesOf(linesOf(LineInput), Array(n).fill(input))

    expect([of(0), of(1), of(200), of(201)]).toEqual([['document.no-lines'], [], [], ['document.too-many-lines']])
  })

  it('is found from its id, with the partition of its customer', () => {
    const order = 'ord_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
    const id = lineIdOf(order, 35 * 36)

    expect(documentOf(id, 'ord', 'M6N7P8Q9R0')).toBe(order)
    expect(placeOf(id)).toBe(35 * 36)
    expect(DocumentLine.shape.id.safeParse(id).success).toBe(true)
  })
})

test('quantities are counted in millionths, exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (micro) => toMicro(fromMicro(Math.abs(micro))) === Math.abs(micro)),
  )
  expect([toMicro('1.5'), fromMicro(1_500_000), fromMicro(-10), fromMicro(0)]).toEqual([1_500_000, '1.5', '-0.00001', '0'])
})
