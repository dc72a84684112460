import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgeBy, ageOpen, type Bucket, bucketOf, bucketSince, buckets, type OpenAmount } from '../../../domain/finance/ageing/ageing.ts'
import { concentrationOf, daysSalesOutstanding, riskFlags } from '../../../domain/finance/ageing/risk.ts'
import { addDays } from '../../../domain/kernel/dates.ts'

describe('buckets', () => {
  test.each<[number, Bucket | 'notDue']>([
    [-1, 'notDue'],
    [0, 'notDue'],
    [1, 'd1to30'],
    [30, 'd1to30'],
    [31, 'd31to60'],
    [60, 'd31to60'],
    [61, 'd61to90'],
    [90, 'd61to90'],
    [91, 'd91to180'],
    [180, 'd91to180'],
    [181, 'over180'],
    [4000, 'over180'],
  ])('%i days overdue is %s', (days, bucket) => {
    expect(bucketOf(days)).toBe(bucket)
  })

  test('by the day of issue nothing is not due: the first bucket is 0 to 30', () => {
    expect([0, 1, 30, 31].map(bucketSince)).toEqual(['d1to30', 'd1to30', 'd1to30', 'd31to60'])
  })

  test('days are counted over month ends and the 29th of February', () => {
    const open = (dueOn: string): OpenAmount => ({ kind: 'receivable', issuedOn: dueOn, dueOn, balance: 1 })
    const bucketAt = (dueOn: string, asOf: string) => {
      const { total } = ageOpen([open(dueOn)], { asOf, ageBy: 'dueOn', keyOf: () => 0 })
      return (['notDue', ...buckets] as const).find((bucket) => total[bucket] === 1)
    }

    expect(bucketAt('2028-01-30', '2028-02-29')).toBe('d1to30')
    expect(bucketAt('2028-01-30', '2028-03-01')).toBe('d31to60')
    expect(bucketAt('2027-01-30', '2027-03-01')).toBe('d1to30')
    expect(bucketAt('2028-02-29', '2028-02-29')).toBe('notDue')
    expect(bucketAt('2027-12-31', '2028-06-28')).toBe('d91to180')
    expect(bucketAt('2027-12-31', '2028-06-29')).toBe('over180')
  })
})

test('what is open and worth less than a cent of the books is counted, as the kept totals count it', () => {
  const dong: OpenAmount = { kind: 'receivable', issuedOn: '2026-01-01', dueOn: '2026-01-31', balance: 0 }

  const { total } = ageOpen([dong], { asOf: '2026-02-01', ageBy: 'dueOn', keyOf: () => 0 })

  expect(total).toMatchObject({ count: 1, overdueCount: 1, outstanding: 0 })
})

const days = fc.integer({ min: 0, max: 500 }).map((n) => addDays('2026-01-01', n))
const opens: fc.Arbitrary<OpenAmount & { customerId: string }> = fc.record({
  kind: fc.constantFrom('receivable' as const, 'receivable' as const, 'credit' as const),
  customerId: fc.constantFrom('a', 'b', 'c'),
  issuedOn: days,
  dueOn: days,
  balance: fc.integer({ min: 0, max: 1_000_000 }),
})

test('for each key and in total, notDue and the buckets less what is unallocated are what is outstanding', () => {
  fc.assert(
    fc.property(fc.array(opens, { maxLength: 60 }), days, fc.constantFrom<AgeBy>('dueOn', 'issuedOn'), (all, asOf, ageBy) => {
      const { total, byKey } = ageOpen(all, { asOf, ageBy, keyOf: ({ customerId }) => customerId })

      for (const sum of [total, ...byKey.values()]) {
        const overdue = buckets.reduce((days, bucket) => days + sum[bucket], 0)
        expect(sum.notDue + overdue - sum.unallocated).toBe(sum.outstanding)
      }
      const receivables = all.filter(({ kind }) => kind === 'receivable')
      expect(total.count).toBe(receivables.length)
      expect(total.overdueCount).toBe(receivables.filter(({ dueOn }) => dueOn < asOf).length)
      expect([...byKey.values()].reduce((sum, { outstanding }) => sum + outstanding, 0)).toBe(total.outstanding)
      if (ageBy === 'issuedOn') expect(total.notDue).toBe(0)
    }),
  )
})

describe('risk', () => {
  const standing = { outstanding: 100, overdue: 0, oldestDays: 0, exposure: 100, overdueLimit: null, creditLimit: null }

  test('nothing is wrong with a customer within its limits', () => {
    expect(riskFlags({ ...standing, overdue: 50, overdueLimit: 50, creditLimit: 100, oldestDays: 90 }, 500)).toEqual([])
  })

  test('every flag comes with its figures', () => {
    expect(riskFlags({ ...standing, overdue: 51, overdueLimit: 50, creditLimit: 99, oldestDays: 91 }, 499)).toEqual([
      { flag: 'concentration', share: 0.2004, limit: 0.2 },
      { flag: 'over-overdue-limit', overdue: 51, limit: 50 },
      { flag: 'oldest-over-90', days: 91, limit: 90 },
      { flag: 'over-credit-limit', exposure: 100, limit: 99 },
    ])
  })

  test('a limit of nothing is a limit', () => {
    expect(riskFlags({ ...standing, creditLimit: 0 }, 1000).map(({ flag }) => flag)).toEqual(['over-credit-limit'])
  })

  test('concentration is the share of the greatest; who is owed has none', () => {
    expect(concentrationOf([10, 30, 40, -50, 20])).toEqual({ top1: 0.4, top5: 1, top10: 1 })
    expect(concentrationOf([])).toEqual({ top1: 0, top5: 0, top10: 0 })
  })

  test('DSO is what is open by the sales of 90 days, times 90', () => {
    expect(daysSalesOutstanding(500, 1000)).toBe(45)
    expect(daysSalesOutstanding(1000, 3000)).toBe(30)
    expect(daysSalesOutstanding(1000, 0)).toBeNull()
  })
})
