import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePart, joinParts, tenantPrefix } from '../../../domain/store/keys.ts'
import { tries } from '../../support/share.ts'

const numRuns = tries({ test: 250, faults: 1000, nightly: 20_000 })

/** Texts as callers may send them: any Unicode, the characters that keys are made of, long ones. */
const texts = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('#', '%', '2', '3', '~', '/', 'a', 'A', '-', ' ', '关', '\u0000', '\uffff'), maxLength: 12 }),
    fc.string({ minLength: 200, maxLength: 400 }),
  )
  .map((text) => text.toWellFormed())

test('a part of a key never holds the delimiter, a control character, or more than a key has room for', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const part = encodePart(text)

      expect(part).toMatch(/^[A-Za-z0-9\-._~%:]*$/)
      expect(part.length).toBeLessThanOrEqual(240)
    }),
  )
})

test('different texts have different parts', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(encodePart(a) === encodePart(b)).toBe(a === b)
    }),
    { numRuns },
  )
})

test('different lists of parts have different keys', () => {
  const lists = fc.array(texts, { minLength: 1, maxLength: 4 })

  fc.assert(
    fc.property(lists, lists, (a, b) => {
      expect(joinParts(a) === joinParts(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
    { numRuns },
  )
})

test('the prefix of a tenant is the beginning of no other tenant’s keys', () => {
  fc.assert(
    fc.property(texts, texts, fc.array(texts, { minLength: 1, maxLength: 3 }), (a, b, parts) => {
      fc.pre(a !== b)

      expect(`${tenantPrefix(b)}${joinParts(parts)}`.startsWith(tenantPrefix(a))).toBe(false)
    }),
    { numRuns },
  )
})

test('what a hash stands for cannot be written by hand', () => {
  const long = 'x'.repeat(500)

  expect(encodePart(long)).toMatch(/^~[0-9a-f]{64}$/)
  expect(encodePart(encodePart(long))).not.toBe(encodePart(long))
})
