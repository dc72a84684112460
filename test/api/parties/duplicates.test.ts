import { expect, test } from 'vitest'
import { handler } from '../../../functions/http/parties/index.ts'
import { caller } from '../../support/call.ts'
import { newTenant } from '../../support/tenant.ts'

test('a full name is found by its short name, before anything is created', async () => {
  const { id, admin } = await newTenant()
  const call = caller(handler, id, admin)
  const created = await call('/v1/customers', { body: { name: '中国石油化工股份有限公司', phones: ['010-5996 0114'] } })
  await call('/v1/customers', { body: { name: '中国石油天然气股份有限公司' } })

  const byName = await call('/v1/customers/check-duplicates', { body: { name: '中石化' } })
  const byPhone = await call('/v1/customers/check-duplicates', { body: { name: '完全不同', phones: ['+86 10 59960114'] } })
  const nothing = await call('/v1/customers/check-duplicates', { body: { name: '龙凤呈祥' } })

  expect(byName.status).toBe(200)
  expect(byName.body.data[0]).toMatchObject({
    customerId: created.body.id,
    name: '中国石油化工股份有限公司',
    owner: { name: 'Ada Admin' },
    pool: false,
    level: 'likely',
  })
  expect(byPhone.body.data).toMatchObject([{ customerId: created.body.id, level: 'likely', reasons: ['Same telephone number.'] }])
  expect(nothing.body).toEqual({ data: [] })
})
