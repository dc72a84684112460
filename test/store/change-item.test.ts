import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../domain/kernel/context.ts'
import { changeItem } from '../../domain/store/change-item.ts'
import { tenantKey } from '../../domain/store/keys.ts'
import { type PlacedItem, putting, wholeItem, writeItems } from '../../domain/store/whole-items.ts'
import { newTenant } from '../support/tenant.ts'

describe('an item that is changed in part', () => {
  let ctx: Context

  beforeAll(async () => {
    const tenant = await newTenant()
    ctx = await tenant.as(tenant.admin)
  })

  const placed = async (sk: string, attributes: Omit<PlacedItem, 'pk' | 'sk'>): Promise<PlacedItem> => {
    const item = { pk: { S: tenantKey(ctx, ['CHANGED']) }, sk: { S: sk }, ...attributes }
    await writeItems(ctx, [putting(item)])
    return item
  }

  test('keeps what somebody else changed of it meanwhile', async () => {
    const kept = { name: { S: 'Zoe' }, count: { N: '1' } }
    const read = await placed('1', { ...kept, note: { S: 'by Zoe' } })
    await writeItems(ctx, [putting({ ...read, count: { N: '2' } })])
    const after = { pk: read.pk, sk: read.sk, ...kept, name: { S: '[erased]' } }

    const isWritten = await changeItem(ctx, read, after)

    expect(isWritten).toBe(true)
    expect(await wholeItem(ctx, read)).toEqual({ pk: read.pk, sk: read.sk, name: { S: '[erased]' }, count: { N: '2' } })
  })

  test.each([
    ['changed', { name: { S: 'Zoe Li' } }],
    ['removed', { other: { S: 'x' } }],
  ])('is left alone when the same attribute was %s meanwhile', async (_how, now) => {
    const read = await placed('2', { name: { S: 'Zoe' } })
    const left = await placed('2', now)

    const isWritten = await changeItem(ctx, read, { ...read, name: { S: '[erased]' } })

    expect(isWritten).toBe(false)
    expect(await wholeItem(ctx, read)).toEqual(left)
  })

  test('has its version raised, and is left alone when that was', async () => {
    const read = await placed('3', { name: { S: 'Zoe' }, version: { N: '4' } })

    const first = await changeItem(ctx, read, { ...read, name: { S: '[erased]' } })
    const second = await changeItem(ctx, { ...read, name: { S: '[erased]' } }, { ...read, name: { S: '' } })

    expect([first, second]).toEqual([true, false])
    expect(await wholeItem(ctx, read)).toMatchObject({ name: { S: '[erased]' }, version: { N: '5' } })
  })

  test('does not come back when it was deleted, and nothing is written where nothing differs', async () => {
    const read = await placed('4', { name: { S: 'Zoe' } })
    await writeItems(ctx, [{ DeleteRequest: { Key: { pk: read.pk, sk: read.sk } } }])

    expect(await changeItem(ctx, read, { ...read })).toBe(true)
    expect(await changeItem(ctx, read, { ...read, more: { S: 'x' } })).toBe(false)
    expect(await wholeItem(ctx, read)).toBeUndefined()
  })
})
