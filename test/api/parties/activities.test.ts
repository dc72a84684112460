import { expect, test } from 'vitest'
import { ago, customerOf, day, partiesAs } from '../../support/parties.ts'
import { newTenant } from '../../support/tenant.ts'

test('logging a visit closes what was due, plans the next contact and is the last contact', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin, { nextContactOn: day() })
  const at = ago(5)

  const logged = await call('/v1/activities', {
    body: {
      customerId: customer.id,
      kind: 'visit',
      at,
      summary: '看了样品\n下周报价',
      nextContactOn: day(7),
      location: { text: '张江路' },
    },
  })
  const after = await call(`/v1/customers/${customer.id}`)
  const plans = await call(`/v1/follow-ups?filter[customerId][eq]=${customer.id}`)

  expect(logged).toMatchObject({
    status: 201,
    body: { kind: 'visit', at, authorId: tenant.admin.id, outcome: null, nextContactOn: day(7) },
  })
  expect(logged.headers.location).toBe(`/v1/activities/${logged.body.id}`)
  expect(after.body).toMatchObject({ lastContactAt: at, nextContactOn: day(7) })
  expect(plans.body.data).toMatchObject([
    { dueOn: day(7), status: 'open', subject: '看了样品 下周报价', ownerId: tenant.admin.id, doneAt: null },
    { dueOn: day(), status: 'done', doneAt: at },
  ])
})

test('an activity closes only what it names, or the own follow-ups that were due by its day', async () => {
  const tenant = await newTenant()
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const call = partiesAs(tenant, rep)
  const customer = await customerOf(tenant, rep)
  const plan = async (who: typeof rep, dueOn: string, subject: string) =>
    (await partiesAs(tenant, who)('/v1/follow-ups', { body: { customerId: customer.id, dueOn, subject, ownerId: who.id } })).body.id
  const [late, today, ahead, others] = [
    await plan(rep, day(-9), 'late'),
    await plan(rep, day(), 'today'),
    await plan(rep, day(3), 'ahead'),
    await plan(manager, day(-1), 'others'),
  ]
  const log = (more: object) =>
    call('/v1/activities', { body: { customerId: customer.id, kind: 'call', at: ago(1), summary: 'x', ...more } })
  const open = async () =>
    (await call(`/v1/follow-ups?filter[customerId][eq]=${customer.id}&filter[status][eq]=open`)).body.data.map(
      (row: { id: string }) => row.id,
    )

  await log({ followUpId: ahead })
  const afterNamed = await open()
  await log({ at: ago(24 * 60 * 5) })
  const afterOlder = await open()
  await log({})
  const afterToday = await open()

  expect(afterNamed).toEqual([late, others, today])
  expect(afterOlder).toEqual([others, today])
  expect(afterToday).toEqual([others])
})

test('bad references and times are answered with their place and nothing is written', async () => {
  const tenant = await newTenant()
  const rep = await tenant.user('rep')
  const stranger = await tenant.user('rep')
  const other = await newTenant()
  const call = partiesAs(tenant, rep)
  const customer = await customerOf(tenant, rep)
  const second = await customerOf(tenant, rep)
  const hidden = await customerOf(tenant, stranger)
  const foreign = await customerOf(other, other.admin)
  const contact = (await call('/v1/contacts', { body: { customerId: second.id, name: 'A' } })).body
  const followUp = (await call('/v1/follow-ups', { body: { customerId: second.id, dueOn: day(1), subject: 's' } })).body
  const done = (await call('/v1/follow-ups', { body: { customerId: customer.id, dueOn: day(), subject: 's', status: 'done' } })).body
  const log = (more: object) =>
    call('/v1/activities', { body: { customerId: customer.id, kind: 'call', at: ago(1), summary: 'x', ...more } })
  const fault = (answer: { status: number; body: { code: string; errors: { pointer: string }[] } }) => [
    answer.status,
    answer.body.code,
    answer.body.errors[0]?.pointer,
  ]

  const answers = [
    await log({ customerId: hidden.id }),
    await log({ customerId: foreign.id }),
    await log({ contactId: contact.id }),
    await log({ followUpId: followUp.id }),
    await log({ at: new Date(Date.now() + 3 * 60_000).toISOString() }),
    await log({ at: '1969-12-31T23:00:00Z' }),
    await log({ at: '2026-11-20 10:00' }),
    await log({ kind: 'fax' }),
    await log({ authorId: stranger.id }),
    await log({ location: { lat: 91, lng: 0 } }),
    await log({ location: { lat: 9 } }),
    await log({ summary: 'a\u0000b' }),
    await log({ nextContactOn: '2026-02-30' }),
  ].map(fault)
  const closedOne = await log({ followUpId: done.id })
  const soon = await log({ at: new Date(Date.now() + 60_000).toISOString() })
  const list = await call(`/v1/customers/${customer.id}/activities`)

  expect(answers).toEqual([
    [404, 'customer.not-found', '/customerId'],
    [404, 'customer.not-found', '/customerId'],
    [404, 'contact.not-found', '/contactId'],
    [404, 'follow-up.not-found', '/followUpId'],
    [422, 'activity.in-future', '/at'],
    [422, 'input.invalid', '/at'],
    [422, 'input.invalid', '/at'],
    [422, 'input.invalid', '/kind'],
    [422, 'input.invalid', '/authorId'],
    [422, 'input.invalid', '/location/lat'],
    [422, 'input.invalid', '/location'],
    [422, 'input.invalid', '/summary'],
    [422, 'input.invalid', '/nextContactOn'],
  ])
  expect(closedOne).toMatchObject({ status: 409, body: { code: 'follow-up.state' } })
  expect(soon.status).toBe(201)
  expect(list.body.data).toHaveLength(1)
})

test('twenty activities logged at once on one customer all land, and the latest is the last contact', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const times = Array.from({ length: 20 }, (_, i) => ago(100 - i))

  const answers = await Promise.all(
    times.map((at) => call('/v1/activities', { body: { customerId: customer.id, kind: 'note', at, summary: at } })),
  )
  const list = await call(`/v1/customers/${customer.id}/activities?limit=100`)
  const after = await call(`/v1/customers/${customer.id}`)

  expect(answers.map((answer) => answer.status)).toEqual(times.map(() => 201))
  expect(list.body.data.map((row: { at: string }) => row.at)).toEqual([...times].reverse())
  expect(after.body.lastContactAt).toBe(times.at(-1))
})

test('a corrected time moves the activity in every list, and the last contact follows corrections and deletions', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const log = async (at: string) =>
    (await call('/v1/activities', { body: { customerId: customer.id, kind: 'call', at, summary: at } })).body.id as string
  const [t1, t2, t3, t4] = [ago(400), ago(300), ago(200), ago(100)] as [string, string, string, string]
  const [first, second, third] = [await log(t1), await log(t2), await log(t3)] as [string, string, string]
  const change = (id: string, body: object) => call(`/v1/activities/${id}`, { method: 'PATCH', body })
  const last = async () => (await call(`/v1/customers/${customer.id}`)).body.lastContactAt
  const order = async (path: string) => (await call(path)).body.data.map((row: { id: string }) => row.id)

  const moved = await change(first, { at: t4 })
  const lastAfterMove = await last()
  const ofCustomer = await order(`/v1/customers/${customer.id}/activities`)
  const all = await order('/v1/activities')
  const since = await order(`/v1/activities?filter[customerId][eq]=${customer.id}&filter[at][gte]=${t3}&sort=at`)
  const summary = (await call(`/v1/customers/${customer.id}/summary`)).body.recentActivities.map((row: { id: string }) => row.id)
  await change(first, { at: t1 })
  const lastAfterReturn = await last()
  await call(`/v1/activities/${third}`, { method: 'DELETE' })
  const lastAfterDeletion = await last()
  await call(`/v1/activities/${first}`, { method: 'DELETE' })
  await call(`/v1/activities/${second}`, { method: 'DELETE' })

  expect(moved).toMatchObject({ status: 200, body: { id: first, at: t4, version: 2 } })
  expect(lastAfterMove).toBe(t4)
  expect(ofCustomer).toEqual([first, third, second])
  expect(all).toEqual([first, third, second])
  expect(since).toEqual([third, first])
  expect(summary).toEqual([first, third, second])
  expect(lastAfterReturn).toBe(t3)
  expect(lastAfterDeletion).toBe(t2)
  expect(await last()).toBe(null)
  expect((await change(first, { summary: 'x' })).status).toBe(404)
})

test('a correction keeps customer, author and closed follow-ups out of reach and heeds If-Match', async () => {
  const tenant = await newTenant()
  const call = partiesAs(tenant, tenant.admin)
  const customer = await customerOf(tenant, tenant.admin)
  const { body } = await call('/v1/activities', {
    body: { customerId: customer.id, kind: 'call', at: ago(9), summary: 'x', externalId: 'a#1' },
  })
  const change = (changes: object, headers = {}) => call(`/v1/activities/${body.id}`, { method: 'PATCH', body: changes, headers })

  const forbidden = await Promise.all(
    ['customerId', 'authorId', 'followUpId', 'nextContactOn', 'id', 'version'].map((name) => change({ [name]: 'x' })),
  )
  const future = await change({ at: new Date(Date.now() + 86_400_000).toISOString() })
  const stale = await change({ kind: 'visit' }, { 'if-match': '"7"' })
  const good = await change({ kind: 'visit', outcome: '好', externalId: 'a#2' }, { 'if-match': '"1"' })
  const twin = await call('/v1/activities', {
    body: { customerId: customer.id, kind: 'call', at: ago(9), summary: 'x', externalId: 'a#2' },
  })
  const found = await call('/v1/activities?filter[externalId][eq]=a%232')

  expect(forbidden.map((answer) => [answer.status, answer.body.errors[0].code])).toEqual(forbidden.map(() => [422, 'unknown-property']))
  expect(future).toMatchObject({ status: 422, body: { code: 'activity.in-future' } })
  expect(stale).toMatchObject({ status: 412, body: { current: { version: 1, kind: 'call' } } })
  expect(good).toMatchObject({ status: 200, body: { kind: 'visit', outcome: '好', version: 2 } })
  expect(twin).toMatchObject({ status: 409, body: { code: 'activity.external-id-taken' } })
  expect(found.body.data).toMatchObject([{ id: body.id }])
})

test('the list by author and time shows everybody what they may see, page by page', async () => {
  const tenant = await newTenant()
  const manager = await tenant.user('manager')
  const rep = await tenant.user('rep', { managerId: manager.id })
  const stranger = await tenant.user('rep')
  const [mine, theirs] = [await customerOf(tenant, rep), await customerOf(tenant, stranger)]
  const log = async (who: typeof rep, customerId: string, minutes: number) =>
    (await partiesAs(tenant, who)('/v1/activities', { body: { customerId, kind: 'call', at: ago(minutes), summary: 'x' } })).body
      .id as string
  const a = await log(rep, mine.id, 50)
  const b = await log(manager, mine.id, 40)
  const c = await log(stranger, theirs.id, 30)
  const d = await log(rep, mine.id, 20)
  const ids = async (who: typeof rep, query = '') => {
    const call = partiesAs(tenant, who)
    const found: string[] = []
    let cursor = ''
    do {
      const { body } = await call(`/v1/activities?limit=1${query}${cursor}`)
      found.push(...body.data.map((row: { id: string }) => row.id))
      cursor = body.page.next ? `&cursor=${body.page.next}` : ''
    } while (cursor)
    return found
  }

  expect(await ids(rep)).toEqual([d, a])
  expect(await ids(manager)).toEqual([d, b, a])
  expect(await ids(tenant.admin, '&sort=at')).toEqual([a, b, c, d])
  expect(await ids(tenant.admin, `&filter[authorId][in]=${rep.id},${stranger.id}`)).toEqual([d, c, a])
  expect(await ids(rep, `&filter[authorId][eq]=${stranger.id}`)).toEqual([])
  expect(await ids(rep, `&filter[customerId][eq]=${mine.id}`)).toEqual([d, b, a])
  expect((await partiesAs(tenant, rep)(`/v1/activities?filter[customerId][eq]=${theirs.id}`)).status).toBe(404)
  expect((await partiesAs(tenant, rep)(`/v1/activities?filter[customerId][eq]=${mine.id}&filter[authorId][eq]=${rep.id}`)).body.code).toBe(
    'filter.unsupported',
  )
  expect((await partiesAs(tenant, rep)('/v1/activities?filter[kind][eq]=call')).body.detail).toContain('authorId')
})
