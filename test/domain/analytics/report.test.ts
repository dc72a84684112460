import { describe, expect, test } from 'vitest'
import { pageRows } from '../../../domain/analytics/report/page-rows.ts'
import { periodDays, periodOf, periodsBetween } from '../../../domain/analytics/report/period.ts'
import { groupingOf } from '../../../domain/analytics/report/report.ts'
import { spanOf } from '../../../domain/analytics/report/span.ts'
import type { Context } from '../../../domain/kernel/context.ts'

const ctx = {
  now: () => '2026-11-21T16:30:00.000Z',
  tenant: { id: 't', timeZone: 'Asia/Shanghai', signingKey: 'key' },
} as Context

describe('periods', () => {
  test.each([
    ['2026-11-21', '2026-W47', '2026-11', '2026'],
    ['2026-01-01', '2026-W01', '2026-01', '2026'],
    ['2027-01-01', '2026-W53', '2027-01', '2027'],
    ['2024-12-30', '2025-W01', '2024-12', '2024'],
    ['2028-02-29', '2028-W09', '2028-02', '2028'],
  ])('%s lies in %s, %s and %s', (day, week, month, year) => {
    expect([periodOf(day, 'week'), periodOf(day, 'month'), periodOf(day, 'year'), periodOf(day, 'day')]).toEqual([week, month, year, day])
  })

  test('a period has a first and a last day', () => {
    expect(periodDays('2028-02-10', 'month')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(periodDays('2026-11-22', 'week')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
    expect(periodDays('2026-11-22', 'year')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  })

  test('those between two days are all there, also the empty ones', () => {
    expect(periodsBetween('2026-11-30', '2027-02-01', 'month')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02'])
    expect(periodsBetween('2026-12-27', '2027-01-05', 'week')).toEqual(['2026-W52', '2026-W53', '2027-W01'])
  })
})

describe('the days of a report', () => {
  test('are those of the month so far, in the zone of the tenant, unless others are named', () => {
    expect(spanOf(ctx, {})).toEqual({ from: '2026-11-01', to: '2026-11-22' })
    expect(spanOf(ctx, { to: '2028-02-29' })).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  })

  test('are refused the wrong way round, and when they are too many', () => {
    expect(() => spanOf(ctx, { from: '2026-11-02', to: '2026-11-01' })).toThrow(expect.objectContaining({ code: 'range.reversed' }))
    expect(() => spanOf(ctx, { from: '2026-01-01', to: '2027-01-02' }, 366)).toThrow(expect.objectContaining({ code: 'range.too-long' }))
  })
})

test('one grouping or two are taken, the same twice is not', () => {
  const Grouping = groupingOf(['rep', 'month', 'year'])

  expect(Grouping.parse('rep')).toEqual(['rep'])
  expect(Grouping.parse('month,rep')).toEqual(['month', 'rep'])
  for (const bad of ['', 'colour', 'rep,rep', 'rep,month,year', 'rep,']) expect(Grouping.safeParse(bad).success).toBe(false)
})

describe('pages of rows', () => {
  const rows = [3, 1, 2, 3].map((weight, i) => ({ key: [String.fromCharCode(97 + i)], weight }))
  const ask = (more: object = {}) => pageRows(ctx, rows, { operation: 'r', asked: { by: 'x' }, order: 'greatest', limit: 2, ...more })

  test('the greatest come first, and a cursor goes on behind the last one', () => {
    const first = ask()
    const second = ask({ cursor: first.page.next! })

    expect([first, second].map((page) => page.rows.map(({ key }) => key[0]))).toEqual([
      ['a', 'd'],
      ['c', 'b'],
    ])
    expect(second.page.next).toBeNull()
  })

  test('a row that comes meanwhile shifts none of the others', () => {
    const { next } = ask().page

    const second = pageRows(ctx, [{ key: ['new'], weight: 9 }, ...rows], {
      operation: 'r',
      asked: { by: 'x' },
      order: 'greatest',
      limit: 2,
      cursor: next!,
    })

    expect(second.rows.map(({ key }) => key[0])).toEqual(['c', 'b'])
  })

  test('rows without a key stand last among their equals, and a cursor of another report is refused', () => {
    const some = [
      { key: [null], weight: 0 },
      { key: ['z'], weight: 0 },
    ]

    expect(pageRows(ctx, some, { operation: 'r', asked: {}, order: 'key', limit: 9 }).rows.map(({ key }) => key[0])).toEqual(['z', null])
    expect(() => ask({ asked: { by: 'y' }, cursor: ask().page.next! })).toThrow(expect.objectContaining({ code: 'cursor.invalid' }))
  })
})
