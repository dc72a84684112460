import { expect, test } from 'vitest'
import { readXlsx } from '../../../domain/platform/sheet/read-xlsx.ts'
import { callAs } from '../../support/api.ts'
import { all, sourceOf } from '../../support/sheets.ts'
import { newTenant } from '../../support/tenant.ts'

/** A manager with a rep, and another rep, with contacts on both sides of midnight in Shanghai. */
async function world() {
  const tenant = await newTenant({ locale: 'en' })
  const manager = await tenant.user('manager', { name: 'Mona' })
  const rep = await tenant.user('rep', { name: 'Rita', managerId: manager.id })
  const other = await tenant.user('rep', { name: 'Otto' })
  const log = async (user: typeof rep, contacts: [kind: string, at: string][]) => {
    const call = callAs(tenant.id, user)
    const { id: customerId } = (await call('/v1/customers', { body: { name: `Firm of ${user.name}` } })).body
    for (const [kind, at] of contacts) await call('/v1/activities', { body: { customerId, kind, at, summary: 's' } })
  }
  await log(rep, [
    ['call', '2026-03-01T15:59:59Z'],
    ['call', '2026-03-01T16:00:00Z'],
    ['visit', '2026-03-02T02:00:00Z'],
  ])
  await log(other, [['call', '2026-03-02T03:00:00Z']])
  const ask = (user: typeof rep, query: string) => callAs(tenant.id, user)(`/v1/reports/activities?from=2026-03-01&to=2026-03-02&${query}`)
  return { manager, rep, other, admin: tenant.admin, ask }
}

const rowsOf = ({ body }: { body: { rows: { label: string; count: number }[] } }) => body.rows.map(({ label, count }) => [label, count])

test('activities are counted by rep, kind and day in the zone of the tenant, the greatest first', async () => {
  const { admin, rep, ask } = await world()

  const byRep = await ask(admin, 'groupBy=rep')
  const byDay = await ask(admin, 'groupBy=day')
  const both = await ask(admin, 'groupBy=rep,kind')

  expect(byRep.body).toEqual({
    from: '2026-03-01',
    to: '2026-03-02',
    groupBy: ['rep'],
    currency: null,
    total: { count: 4, amount: null },
    rows: [
      { key: rep.id, label: 'Rita', count: 3, amount: null },
      { key: expect.any(String), label: 'Otto', count: 1, amount: null },
    ],
    page: { next: null },
  })
  expect(rowsOf(byDay)).toEqual([
    ['2026-03-01', 1],
    ['2026-03-02', 3],
  ])
  expect(rowsOf(both)).toEqual([
    ['Rita · Calls', 2],
    ['Rita · Visits', 1],
    ['Otto · Calls', 1],
  ])
  expect(both.body.rows[0].key).toEqual([rep.id, 'call'])
})

test('a rep sees its own, a manager the team, page by page', async () => {
  const { manager, rep, admin, ask } = await world()

  const own = await ask(rep, 'groupBy=rep')
  const team = await ask(manager, 'groupBy=rep')
  const first = await ask(admin, 'groupBy=rep&limit=1')
  const second = await ask(admin, `groupBy=rep&limit=1&cursor=${first.body.page.next}`)
  const elsewhere = await ask(admin, `groupBy=kind&limit=1&cursor=${first.body.page.next}`)

  expect([own, team].map(rowsOf)).toEqual([[['Rita', 3]], [['Rita', 3]]])
  expect([first, second].map(rowsOf)).toEqual([[['Rita', 3]], [['Otto', 1]]])
  expect(first.body.total.count).toBe(4)
  expect(second.body.page.next).toBeNull()
  expect(elsewhere).toMatchObject({ status: 400, body: { code: 'cursor.invalid' } })
})

test('it is had as a sheet with all rows and the total, and as a picture', async () => {
  const { admin, ask } = await world()

  const sheet = await ask(admin, 'groupBy=rep,kind&format=xlsx&limit=1')
  const picture = await ask(admin, 'groupBy=day&format=svg')

  const rows = await all(readXlsx(sourceOf(Buffer.from(sheet.body, 'base64'), 4096)))
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['Rep', 'Kind', 'Count'],
    ['Rita', 'Calls', '2'],
    ['Rita', 'Visits', '1'],
    ['Otto', 'Calls', '1'],
    ['Total', '', '4'],
  ])
  expect(sheet.headers['content-disposition']).toContain('filename="activities-2026-03-01-2026-03-02.xlsx"')
  expect(picture.headers['content-type']).toBe('image/svg+xml')
  expect(picture.body).toMatch(/^<svg[^>]+>[\s\S]*Activities by day[\s\S]*<\/svg>\s*$/)
  expect(picture.body).not.toMatch(/<script|href=/)
})

test('what cannot be reported is refused with what is wrong', async () => {
  const { admin, ask } = await world()

  const answers = await Promise.all(
    ['groupBy=colour', 'groupBy=rep,rep', 'format=pdf', 'limit=0', 'limit=1001', 'colour=red'].map((query) => ask(admin, query)),
  )
  const reversed = await callAs((await newTenant()).id, admin)('/v1/reports/activities?from=2026-03-02&to=2026-03-01')

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([...Array(5).fill([400, 'query.invalid']), [400, 'query.unknown']])
  expect(reversed).toMatchObject({ status: 400, body: { code: 'range.reversed' } })
})
