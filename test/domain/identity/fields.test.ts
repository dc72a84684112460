import { expect, test } from 'vitest'
import { hiddenFields, requireWritableFields, withoutHidden } from '../../../domain/identity/index.ts'
import type { Actor } from '../../../domain/kernel/context.ts'

const actor = (...roles: string[]): Actor => ({ kind: 'user', id: 'usr_1', userId: 'usr_1', roles, scopes: null })
const customer = { name: '明辉', creditLimit: { amount: '1.00', currency: 'CNY' }, billing: { title: '明辉' } }

test('what a role may not see is not there', () => {
  expect(withoutHidden(actor('viewer'), 'customer', customer)).toEqual({ name: '明辉' })
  expect(withoutHidden(actor('rep'), 'customer', customer)).toEqual(customer)
  expect(withoutHidden(actor('viewer', 'finance'), 'customer', customer)).toEqual(customer)
  expect(hiddenFields(actor('admin'), 'customer')).toEqual([])
})

test('what a role may see but not set is refused by name, null too', () => {
  const set = (roles: string[], input: object) => () => requireWritableFields(actor(...roles), 'customer', input)

  expect(set(['rep'], { creditLimit: null, name: 'x' })).toThrow(
    expect.objectContaining({ code: 'field.forbidden', more: { errors: [expect.objectContaining({ pointer: '/creditLimit' })] } }),
  )
  expect(set(['rep'], { billing: {}, name: 'x' })).not.toThrow()
  expect(set(['finance'], { creditLimit: null })).not.toThrow()
})
