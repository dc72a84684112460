import { describe, expect, test } from 'vitest'
import { allUsers } from '../../../domain/identity/user/user.table.ts'
import { listActivities } from '../../../domain/parties/activity/list-activities.ts'
import { listContacts } from '../../../domain/parties/contact/list-contacts.ts'
import { createCustomer, getCustomer } from '../../../domain/parties/customer/change-customer.ts'
import { codeOf, importWorld } from '../../support/import-world.ts'
import { csvOf, errorsOf, imported, importer, uploaded } from '../../support/imports.ts'

describe('an import of', () => {
  test('contacts links them to their customers, and tells them apart within one', async () => {
    const { who, ctx } = await importWorld()
    const [one, two] = [
      await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' }),
      await createCustomer(ctx, { name: 'Bright Optics' }),
    ]
    const content = csvOf(
      ['客户编号', '客户ID', '姓名', '手机', '微信', '生日', '主要联系人'],
      ['E-1', '', '王小姐', '13800138000', 'wx1', '1990/5/6', '是'],
      ['', two.id, '王小姐', '13900139000', '', '', ''],
      ['E-7', '', '赵先生', '', '', '', ''],
      ['E-1', '', '李先生', '', '', '', '√'],
    )

    const done = await imported(who, 'contacts', content)
    const again = await imported(who, 'contacts', csvOf(['客户编号', '姓名', '职务'], ['E-1', '王小姐', '经理']), {
      matchBy: ['name'],
      onMatch: 'update',
    })
    const { data } = await listContacts(ctx, { limit: 25, sort: 'createdAt', filter: { customerId: { eq: one.id } } })

    expect(done.rows).toEqual({ created: 3, updated: 0, skipped: 0, failed: 1 })
    expect((await errorsOf(who, done.id)).map((cells) => cells.slice(0, 3))).toEqual([['4', 'row.link-unknown', 'customer.externalId']])
    expect(again.rows).toMatchObject({ updated: 1, failed: 0 })
    expect(data).toMatchObject([
      { name: '王小姐', title: '经理', birthday: '1990-05-06', phones: ['13800138000'] },
      { name: '李先生', primary: true },
    ])
  })

  test('activities logs them at their time on the clock of the firm, and plans what is next', async () => {
    const { who, ctx } = await importWorld()
    const customer = await createCustomer(ctx, { name: 'Alder Timber', externalId: 'E-1' })
    const content = csvOf(
      ['客户编号', '跟进方式', '跟进时间', '跟进内容', '下次跟进日期'],
      ['E-1', '上门拜访', '2026-03-05 09:30', '看样品', '2027-01-04'],
      ['E-1', '电话', '2026/3/4', '约时间', ''],
      ['E-1', '电话', '2126-03-05', '还没发生', ''],
    )

    const done = await imported(who, 'activities', content)
    const { data } = await listActivities(ctx, { limit: 25, sort: 'at', filter: { customerId: { eq: customer.id } } })

    expect(done.rows).toEqual({ created: 2, updated: 0, skipped: 0, failed: 1 })
    expect((await errorsOf(who, done.id)).map((cells) => cells.slice(0, 3))).toEqual([['4', 'activity.in-future', 'at']])
    expect(data.map(({ kind, at }) => [kind, at])).toEqual([
      ['call', '2026-03-03T16:00:00.000Z'],
      ['visit', '2026-03-05T01:30:00.000Z'],
    ])
    expect(await getCustomer(ctx, { id: customer.id })).toMatchObject({ openFollowUps: [{ dueOn: '2027-01-04' }] })
  })

  test('users makes the line of managers whatever the order of the rows', async () => {
    const { who, ctx } = await importWorld()
    const content = csvOf(
      ['姓名', '邮箱', '角色', '上级', '部门'],
      ['Rep', 'rep@firm.example', '销售', 'Head', 'East'],
      ['Head', 'head@firm.example', '经理；销售', 'boss', ''],
      ['boss', 'boss@firm.example', '经理', '', ''],
      ['Lost', 'lost@firm.example', '销售', 'Nobody', ''],
    )

    const done = await imported(who, 'users', content)
    const people = await allUsers(ctx)
    const named = (name: string) => people.find((user) => user.name === name)

    expect(done.rows).toEqual({ created: 3, updated: 0, skipped: 0, failed: 1 })
    expect(named('Rep')?.managerId).toBe(named('Head')?.id)
    expect(named('Head')).toMatchObject({ roles: ['manager', 'rep'], managerId: named('boss')?.id })
    expect((await errorsOf(who, done.id))[0]!.slice(0, 3)).toEqual(['5', 'row.link-unknown', 'manager.name'])
  })

  test('users is for those who may add users, and of an unknown kind for nobody', async () => {
    const { tenant } = await importWorld()
    const rep = await importer(tenant, await tenant.user('rep'))

    expect(await codeOf(uploaded(rep, 'users', 'x'))).toBe('permission.missing')
    expect(await codeOf(uploaded(rep, 'quotes', 'x'))).toBe('import.kind-unknown')
  })
})
