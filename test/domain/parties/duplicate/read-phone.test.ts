import { expect, test } from 'vitest'
import { readPhone } from '../../../../domain/parties/duplicate/read-phone.ts'

test.each([
  ['028-8666 7788', '(028)86667788-803'],
  ['028-8666 7788', '0086 28 8666-7788 转 803'],
  ['0574-87654321', '0574-87654321/22'],
  ['021-6543 2100', '021-6543-2100'],
  ['138 1790 2211', '138-1790-2211'],
])('%s and %s are one number, whatever extension is behind it', (one, other) => {
  expect(readPhone(other, undefined, 'CNY')).toBe(readPhone(one, undefined, 'CNY'))
})
