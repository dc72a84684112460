import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../domain/kernel/errors.ts'
import { amendedInstalments, type InstalmentRecord, instalmentsOf } from '../../../domain/sales/order/instalment.ts'

const cny = (amount: string, currency = 'CNY') => ({ amount, currency })
const codeOf = (work: () => unknown) => {
  try {
    return work()
  } catch (error) {
    return (error as Problem).code
  }
}

describe('the instalments of an order of 100.01', () => {
  const amounts = (...given: ({ percent: string } | { amount: ReturnType<typeof cny> })[]) =>
    codeOf(() =>
      instalmentsOf(given.map((one) => ({ ...one, trigger: 'confirm' as const })) as never, 10001, 'CNY').map(({ amount }) => amount),
    )

  test.each([
    ['shares of 100 %, the last with what rounding leaves', [{ percent: '30' }, { percent: '30' }, { percent: '40' }], [3000, 3000, 4001]],
    ['amounts of all of it', [{ amount: cny('50.00') }, { amount: cny('50.01') }], [5000, 5001]],
    ['an amount and a share of the rest', [{ amount: cny('50.01') }, { percent: '50' }], [5001, 5000]],
  ])('may be %s', (_, given, expected) => {
    expect(amounts(...given)).toEqual(expected)
  })

  test.each([
    ['shares of 99 %', [{ percent: '30' }, { percent: '69' }], 'order.instalments-mismatch'],
    ['amounts of less', [{ amount: cny('50.00') }, { amount: cny('50.00') }], 'order.instalments-mismatch'],
    ['an amount and a share of too little', [{ amount: cny('50.00') }, { percent: '49' }], 'order.instalments-mismatch'],
    ['another currency', [{ amount: cny('100.01', 'USD') }], 'document.currency-mismatch'],
  ])('are not %s', (_, given, code) => {
    expect(amounts(...given)).toBe(code)
  })
})

describe('when an order of three equal instalments of 30.00 is amended', () => {
  const before = ([true, false, false] as const).map(
    (isFixed): InstalmentRecord => ({ amount: 3000, trigger: 'dispatch', ...(isFixed ? { isFixed } : {}) }),
  )
  const amended = (total: number, instalments = before) => codeOf(() => amendedInstalments(instalments, total).map(({ amount }) => amount))

  test('what is owed already stays, and the others share the rest', () => {
    expect(amended(6001)).toEqual([3000, 1501, 1500])
    expect(amended(3000)).toEqual([3000, 0, 0])
  })

  test('it cannot come to less than is owed, nor to anything else once all is', () => {
    const all = before.map((one): InstalmentRecord => ({ ...one, isFixed: true }))

    expect(amended(2999)).toBe('order.instalments-mismatch')
    expect(amended(9001, all)).toBe('order.instalments-mismatch')
    expect(amended(9000, all)).toEqual([3000, 3000, 3000])
  })
})
