import { beforeAll, describe, expect, test } from 'vitest'
import type { User } from '../../../domain/identity/user/user.ts'
import { handoverMovers } from '../../../functions/handover-movers.ts'
import { callAs } from '../../support/api.ts'
import { firmName } from '../../support/firm-names.ts'
import { csvOf, imported, importer } from '../../support/imports.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

let tenant: TestTenant
let people: Record<'rep' | 'other' | 'manager' | 'marketer', User>
let as: (user: User) => ReturnType<typeof callAs>
let count = 0

const someLead = (more: Record<string, unknown> = {}) => {
  count += 1
  return { name: `Wang ${count}`, company: firmName(), email: `wang-${count}@hengyuan.example`, ...more }
}
const add = async (user: User, more: Record<string, unknown> = {}) => {
  const { status, body } = await as(user)('/v1/leads', { body: someLead(more) })
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
const act = (user: User, id: string, action: string, body: object = {}) => as(user)(`/v1/leads/${id}/${action}`, { body })
const idsOf = async (user: User, query = '') =>
  (await as(user)(`/v1/leads?limit=100${query}`)).body.data.map(({ id }: { id: string }) => id)

beforeAll(async () => {
  tenant = await newTenant({ locale: 'en' })
  as = (user) => callAs(tenant.id, user)
  const manager = await tenant.user('manager')
  const [rep, other, marketer] = await Promise.all([
    tenant.user('rep', { managerId: manager.id }),
    tenant.user('rep'),
    tenant.user('marketer'),
  ])
  people = { rep, other, manager, marketer }
})

describe('leads', () => {
  test('are seen by who has them and by those above; who assigns them sees those that wait', async () => {
    const own = await add(people.rep)
    const waiting = await add(people.marketer)

    expect([own.ownerId, waiting.ownerId]).toEqual([people.rep.id, null])
    expect(await idsOf(people.rep)).toContain(own.id)
    expect(await idsOf(people.rep)).not.toContain(waiting.id)
    expect(await idsOf(people.other)).toEqual([])
    expect(await idsOf(people.manager)).toEqual(expect.arrayContaining([own.id, waiting.id]))
    expect(await idsOf(people.manager, '&filter[ownerId][isNull]=true')).not.toContain(own.id)
    expect((await as(people.other)(`/v1/leads/${own.id}`)).status).toBe(404)
    expect((await act(people.other, own.id, 'qualify')).status).toBe(404)
  })

  test('are one for each address while they are open, and who sees it is told which', async () => {
    const lead = await add(people.rep)

    const [seen, unseen] = await Promise.all([
      as(people.rep)('/v1/leads', { body: someLead({ email: lead.email }) }),
      as(people.other)('/v1/leads', { body: someLead({ email: lead.email }) }),
    ])
    const captured = await as(people.marketer)('/v1/leads/capture', {
      body: { name: 'Other', email: lead.email, title: 'Buyer', message: 'Again', source: 'web' },
    })
    const kept = await as(people.other)('/v1/leads/capture', { body: { name: 'Other', email: lead.email } })

    expect([seen.body.code, seen.body.leadId, unseen.body.leadId]).toEqual(['lead.exists', lead.id, undefined])
    expect(captured.body).toMatchObject({ id: lead.id, name: lead.name, title: 'Buyer', source: null, captureCount: 2 })
    expect(captured.body.captures[0]).toMatchObject({ message: 'Again', source: 'web' })
    expect([kept.status, kept.body.code]).toEqual([409, 'lead.exists'])
    await act(people.rep, lead.id, 'disqualify', { reason: 'Student' })
    const again = await add(people.rep, { email: lead.email })
    expect((await act(people.rep, lead.id, 'reopen')).body.code).toBe('lead.exists')
    expect(await idsOf(people.rep, `&filter[email]=${lead.email}`)).toEqual([again.id])
  })

  test('may be no more than a name where somebody types them in, but not where a program brings them', async () => {
    const typed = await add(people.rep, { email: null })
    const brought = await as(people.marketer)('/v1/leads/capture', { body: { name: 'Ada' } })

    expect([typed.email, (await act(people.rep, typed.id, 'convert', {})).status]).toEqual([null, 200])
    expect([brought.status, brought.body.code]).toEqual([422, 'lead.unreachable'])
  })

  test('go their way by the table of states, and say why not', async () => {
    const lead = await add(people.rep)

    const steps: [string, object, number][] = [
      ['reopen', {}, 409],
      ['work', {}, 200],
      ['qualify', {}, 200],
      ['disqualify', { reason: 'No budget' }, 200],
      ['convert', {}, 409],
      ['reopen', {}, 200],
    ]
    for (const [action, body, status] of steps) expect((await act(people.rep, lead.id, action, body)).status, action).toBe(status)
    const { body: timeline } = await as(people.rep)(`/v1/leads/${lead.id}/timeline`)
    expect(timeline.data.map(({ type }: { type: string }) => type)).toEqual([
      'lead.reopened',
      'lead.disqualified',
      'lead.qualified',
      'lead.taken-up',
      'lead.captured',
    ])
  })

  test.each([
    ['with an address that is none', { email: 'a@b\r\nBcc: c@d.example' }, 422, 'input.invalid'],
    ['of a campaign there is not', { campaignId: 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' }, 404, 'campaign.not-found'],
    ['with a score of its own', { score: 100 }, 422, 'input.invalid'],
    ['for somebody else than oneself', { ownerId: 'other' }, 403, 'owner.out-of-scope'],
  ])('are refused %s', async (_, more, status, code) => {
    const named = 'ownerId' in more ? { ownerId: people.other.id } : more
    const answer = await as(people.rep)('/v1/leads', { body: someLead(named) })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('come in and go out in sheets, and leave with who leaves', async () => {
    const who = await importer(tenant, people.rep)
    const rows = [
      ['姓名', '公司', '邮箱', '来源'],
      ['Sheet One', firmName(), 'sheet-1@hengyuan.example', 'fair'],
      ['Sheet Two', firmName(), 'sheet-2@hengyuan.example', 'fair'],
    ]
    const done = await imported(who, 'leads', csvOf(...rows))
    const again = await imported(who, 'leads', csvOf(...rows), { matchBy: ['email'], onMatch: 'skip' })

    expect([done.rows, again.rows]).toMatchObject([{ created: 2 }, { skipped: 2 }])
    const mover = handoverMovers.find(({ kind }) => kind === 'leads')!
    const ctx = await tenant.as(tenant.admin)
    const before = await idsOf(people.rep, '&filter[status]=new')
    const task = { fromUserId: people.rep.id, toUserId: people.other.id } as never
    const { commit } = await import('../../../domain/store/commit.ts')
    let after: string | undefined
    do {
      const page = await mover.page(ctx, task, after, 10)
      if (page.writes.length > 0) await commit(ctx, page.writes as never, page.events)
      after = page.after
    } while (after)
    expect(before.length).toBeGreaterThan(2)
    expect(await idsOf(people.rep, '&filter[status][in]=new,working,qualified')).toEqual([])
    expect(await idsOf(people.other, '&filter[status]=new')).toEqual(before)
  })

  test('leave nothing personal behind when they are erased', async () => {
    const lead = await add(people.rep, { phone: '0512-9999 1111' })

    expect((await as(people.rep)(`/v1/leads/${lead.id}`, { method: 'DELETE' })).status).toBe(204)

    const { body: events } = await as(tenant.admin)(`/v1/events?limit=100&filter[type]=lead.deleted`)
    expect(events.data[0].subject.id).toBe(lead.id)
    expect((await as(people.rep)(`/v1/leads/${lead.id}`)).status).toBe(404)
    expect((await add(people.rep, { email: lead.email })).email).toBe(lead.email)
  })
})

describe('the rules', () => {
  const setRules = (body: object) => as(people.manager)('/v1/lead-rules', { method: 'PATCH', body })

  test('give points by what a lead says, at once when they change, and qualify it when it comes', async () => {
    const before = await add(people.marketer, { title: 'Purchasing Manager', message: 'Offer please' })
    const where = { field: 'title', op: 'contains', value: 'purchasing' }
    const scoring = [
      { name: 'buyer', where, points: 40 },
      { name: 'asks', where: { field: 'message', op: 'isNull', value: false }, points: 20 },
      { name: 'free mail', where: { field: 'email', op: 'contains', value: '@free.' }, points: -30 },
    ]
    expect((await setRules({ scoring, qualifyAt: 50 })).status).toBe(200)

    const after = await as(people.marketer)(`/v1/leads/${before.id}`)
    const next = await add(people.marketer, { title: 'PURCHASING', message: 'Hi' })
    const weak = await add(people.marketer, { title: 'Purchasing', email: 'x@free.example' })

    expect([before.score, after.body.score, after.body.status]).toEqual([0, 60, 'new'])
    expect(after.body.scoredBy).toEqual([
      { rule: 'buyer', points: 40 },
      { rule: 'asks', points: 20 },
    ])
    expect([next.status, next.score, weak.status, weak.score]).toEqual(['qualified', 60, 'new', 10])
  })

  test.each([
    [{ scoring: [{ name: 'x', where: { field: 'shoe', op: 'eq', value: '1' }, points: 1 }] }, 422, 'search.unknown-field'],
    [{ scoring: [{ name: 'x', where: { field: 'title', op: 'gt', value: 'a' }, points: 1 }] }, 422, 'search.unknown-operator'],
    [{ assignment: { by: 'round-robin', memberIds: ['usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] } }, 404, 'user.not-found'],
    [{ assignment: { by: 'dice', memberIds: [] } }, 422, 'input.invalid'],
    [{ qualifyAt: 0 }, 422, 'input.invalid'],
  ])('refuse %j', async (body, status, code) => {
    const answer = await setRules(body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('give leads of a region to its people, others to everybody in turns, and say when they name nobody', async () => {
    const [a, b] = [people.rep.id, people.other.id]
    const regions = [{ name: 'East', places: ['江苏', 'CN'], memberIds: [b] }]
    await setRules({ assignment: { by: 'round-robin', memberIds: [a], regions } })

    const owners = [
      (await add(people.marketer, { province: '江苏省' })).ownerId,
      (await add(people.marketer, { country: 'CN', city: 'Xi’an' })).ownerId,
      (await add(people.marketer, { country: 'DE' })).ownerId,
    ]
    await setRules({ assignment: { by: 'round-robin', memberIds: [], regions: [] } })
    const lost = await add(people.marketer)
    const nobody = await act(people.manager, lost.id, 'assign')

    expect(owners).toEqual([b, b, a])
    expect([lost.ownerId, nobody.status, nobody.body.code]).toEqual([null, 409, 'lead.nobody-to-assign'])
    expect((await act(people.manager, lost.id, 'assign', { ownerId: a })).body.ownerId).toBe(a)
    expect((await act(people.rep, lost.id, 'assign', { ownerId: a })).status).toBe(403)
  })
})

describe('a search of leads', () => {
  const search = (user: User, body: object) => as(user)('/v1/leads/search', { body })
  const found = async (user: User, body: object) => {
    const { status, body: answer } = await search(user, body)
    return status === 200 ? answer.data.map(({ name }: { name: string }) => name) : [status, answer.code]
  }

  test('finds words in any of their texts, sorts by points, pages, and shows nobody what is not theirs', async () => {
    const scoring = [{ name: 'From Suzhou', where: { field: 'city', op: 'eq', value: 'Suzhou' }, points: 20 }]
    await as(people.manager)('/v1/lead-rules', { method: 'PATCH', body: { scoring } })
    const source = 'searched fair'
    const [cold, warm, other] = [
      await add(people.rep, { name: '张伟', source, message: 'twenty pumps please' }),
      await add(people.rep, { name: 'Warm', source, city: 'Suzhou', phone: '0512-6543 2100' }),
      await add(people.other, { name: 'Other', source, city: 'Suzhou' }),
    ]
    const where = { field: 'source', op: 'eq', value: source }
    const first = await search(people.manager, {
      where: { and: [where, { field: 'ownerId', op: 'eq', value: people.rep.id }] },
      sort: '-score',
      limit: 1,
    })
    const second = await search(people.manager, {
      where: { and: [where, { field: 'ownerId', op: 'eq', value: people.rep.id }] },
      sort: '-score',
      limit: 1,
      cursor: first.body.page.next,
    })

    expect([first.body.total, first.body.data[0], second.body.data[0].id]).toMatchObject([2, { id: warm.id, score: 20 }, cold.id])
    expect(await found(people.rep, { text: 'PUMPS', where })).toEqual(['张伟'])
    expect(await found(people.rep, { text: 'zhangwei', where })).toEqual(['张伟'])
    expect(await found(people.rep, { text: '65432100' })).toEqual(['Warm'])
    expect(await found(people.rep, { where: { and: [where, { field: 'score', op: 'gte', value: 20 }] } })).toEqual(['Warm'])
    expect(await found(people.other, { where })).toEqual([other.name])
    const made = (op: string) => ({ and: [where, { field: 'createdAt', op, value: warm.createdAt }] })
    expect(await found(people.rep, { where: made('lte'), sort: 'createdAt' })).toEqual(['张伟', 'Warm'])
    expect(await found(people.rep, { where: made('lt') })).toEqual(['张伟'])
  })

  test.each([
    ['a field there is not', { where: { field: 'shoeSize', op: 'eq', value: 1 } }, [422, 'search.unknown-field']],
    ['an order by what there is not', { sort: 'shoeSize' }, [422, 'search.invalid-sort']],
  ])('refuses %s', async (_, body, answer) => {
    expect(await found(people.rep, body)).toEqual(answer)
  })
})
