import { expect, test } from 'vitest'
import { packRows, unpackRows } from '../../domain/store/rows.ts'

test('rows come back as they were, whatever members each of them has, in less than their JSON', () => {
  const rows = [
    { id: 'lin_1', description: '连接器 "A"', quantity: '100', net: 9292, discount: { percent: '5', reason: null } },
    { id: 'lin_2', quantity: '0.5', net: 0, productId: 'pro_1', free: false },
    { id: 'lin_3', tags: [] },
  ]

  const text = packRows(rows)

  expect(typeof text).toBe('string')
  expect(unpackRows(text as string)).toEqual(rows)
  expect(packRows([])).toBe('[[]]')
  expect(unpackRows('[[]]')).toEqual([])
})

test('rows of which one says null stay a list, which tells it from nothing', () => {
  const rows = [{ id: 'lin_1', unit: null }, { id: 'lin_2' }]

  expect(packRows(rows)).toBe(rows)
})
