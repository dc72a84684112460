import { expect, test } from 'vitest'
import { createCustomer } from '../../../../domain/parties/customer/change-customer.ts'
import { attributeBytes, hasRoom, isClosed, mayShareStreet, namesInEntry, withStreets } from '../../../../domain/parties/duplicate/entry.ts'
import { measure } from '../../../../domain/store/capacity.ts'
import { newTenant } from '../../../support/tenant.ts'

const token = (n: number) => String(n).padStart(10, '0')

test('an entry that is closed takes no name, however short, and one that is not takes a usual one', () => {
  const entry: Record<string, string> = {}
  let n = 0
  while (!isClosed(entry)) {
    expect(hasRoom(entry, token(n), '海曙 明辉 贸易')).toBe(true)
    entry[token(n)] = '海曙 明辉 贸易'
    n += 1
  }

  const bytes = Object.entries(entry).reduce((sum, [name, text]) => sum + attributeBytes(name, text), 0)
  expect([hasRoom(entry, token(n), '明'), hasRoom(entry, token(0), '海曙 明辉 贸易')]).toEqual([false, true])
  expect(bytes).toBeLessThan(1024 - 145)
})

test('an entry tells the names, and whether a street may be the same', () => {
  const text = withStreets('明辉 贸易|明辉', ['宁波大道 12 号', '中山路'])

  expect(namesInEntry(text)).toEqual(['明辉 贸易', '明辉'])
  const may = (street: string) => mayShareStreet(text, [street])
  expect([may('人民路 12'), may('江南路'), may('宁波大道 13 号')]).toEqual([true, true, false])
  expect(mayShareStreet(withStreets('明辉', []), ['12'])).toBe(false)
  expect(mayShareStreet(withStreets('明辉', ['1', '2', '3']), ['9'])).toBe(true)
})

test('of names that are merely alike only who has the same house number is read, and stops a create in the same street', async () => {
  const { as, admin } = await newTenant()
  const ctx = await as(admin)
  const at = (line: string) => [{ kind: 'registered' as const, city: '宁波', line }]
  await createCustomer(ctx, { name: '宁波明辉达贸易有限公司', addresses: at('环城北路 88 号') })

  const { spent } = await measure(() => createCustomer(ctx, { name: '宁波明辉远贸易有限公司', addresses: at('环城北路 90 号') }))
  const near = createCustomer(ctx, { name: '宁波明辉通贸易有限公司', addresses: at('环城北路 88 号') })

  expect(spent.byCommand).toEqual({ BatchGetItemCommand: 1, TransactWriteItemsCommand: 1 })
  await expect(near).rejects.toMatchObject({
    code: 'customer.duplicate-suspected',
    more: { extra: { candidates: [{ name: '宁波明辉达贸易有限公司' }] } },
  })
})
