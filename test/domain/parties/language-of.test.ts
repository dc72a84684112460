import { expect, test } from 'vitest'
import type { Customer } from '../../../domain/parties/customer/customer.ts'
import { languageOf } from '../../../domain/parties/index.ts'

const at = (...countries: (string | undefined)[]) =>
  ({ addresses: countries.map((country) => ({ kind: 'office', ...(country ? { country } : {}) })) }) as Customer

test.each([
  ['who says so, whatever the address', at('DE'), { locale: 'zh-CN' as const }, 'zh-CN'],
  ['a customer abroad', at('DE', undefined), undefined, 'en'],
  ['a customer abroad whose contact says nothing', at('DE'), { locale: null }, 'en'],
  ['one with an address in China', at('DE', 'CN'), undefined, 'zh-CN'],
  ['one in Hong Kong', at('HK'), undefined, 'zh-CN'],
  ['one whose addresses name no country', at(undefined), undefined, 'zh-CN'],
  ['one without an address', {} as Customer, undefined, 'zh-CN'],
])('%s is written to in their language', (_who, customer, contact, language) => {
  expect(languageOf(customer, contact, 'zh-CN')).toBe(language)
})
