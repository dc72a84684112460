import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Enqueue, SystemContext } from '../../../domain/kernel/context.ts'
import { startCampaigns } from '../../../domain/marketing/campaign/start-campaigns.ts'
import { leads } from '../../../domain/marketing/lead/lead.table.ts'
import { captured } from '../../../domain/marketing/lead/lead.ts'
import { planTidying, tidyLeads } from '../../../domain/marketing/lead/tidy-leads.ts'
import { confirmMailOf, sendConfirmMail } from '../../../domain/marketing/lead-form/confirm-mail.ts'
import { suppress } from '../../../domain/marketing/suppression/suppress.ts'
import { suppressedAmong } from '../../../domain/marketing/suppression/suppression.table.ts'
import { everything } from '../../../domain/marketing/suppression/suppression.ts'
import { commit } from '../../../domain/store/commit.ts'
import { queryAll } from '../../../domain/store/query.ts'
import { get } from '../../../domain/store/read.ts'
import { callAs } from '../../support/api.ts'
import { fakeSes } from '../../support/mail.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'

let world: MarketingWorld
let call: ReturnType<typeof callAs>
let visitor: ReturnType<typeof callAs>
let form: { id: string; url: string }
let count = 0

const address = () => `visitor-${++count}@fair.example`
const codeOf = async (body: object) => {
  const answer = await call('/v1/lead-forms', { body })
  return [answer.status, answer.body.code]
}
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')
const send = (values: Record<string, string>, to = form) =>
  visitor(pathOf(to.url), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    rawBody: new URLSearchParams(values).toString(),
  })
const leadOf = async (email: string) => (await call(`/v1/leads?filter[email]=${email}`)).body.data[0]

/** The link in the mail that a lead gets for the last thing that happened to it. */
async function linkOf(leadId: string): Promise<string> {
  const ses = fakeSes()
  const [event] = await queryAll(world.system, { partition: ['LOG', 'lead', leadId], prefix: ['EVT'], reverse: true })
  await sendConfirmMail({ ...world.system, mail: ses.mail }, { leadId, eventId: event!.id as string })
  return /\/l\/\S+/.exec(ses.taken[0]?.text ?? '')?.[0] ?? ''
}

beforeAll(async () => {
  world = await marketingWorld()
  call = callAs(world.tenant.id, world.marketer)
  visitor = callAs(world.tenant.id, undefined)
})

beforeEach(async () => {
  const { body } = await call('/v1/lead-forms', { body: { name: `Fair ${++count}`, consentText: 'I want news by mail.' } })
  form = body
})

describe('a form for leads', () => {
  test.each([
    ['that could reach nobody', { fields: [{ name: 'company' }], doubleOptIn: false }, 'lead-form.unreachable'],
    ['that confirms an address it does not ask for', { fields: [{ name: 'phone' }] }, 'lead-form.no-email'],
    ['that asks for something twice', { fields: [{ name: 'email' }, { name: 'email' }] }, 'lead-form.field-twice'],
  ])('is not made %s', async (_, body, code) => {
    expect(await codeOf({ name: 'F', ...body })).toEqual([422, code])
  })

  test('counts the wordings of its consent and keeps them', async () => {
    const patch = (body: object) => call(`/v1/lead-forms/${form.id}`, { method: 'PATCH', body })
    await patch({ consentText: 'I want all the news.' })
    const { body } = await patch({ name: 'Renamed' })

    expect(body.consentVersion).toBe(2)
    expect(body.wordings.map(({ text }: { text: string }) => text)).toEqual(['I want all the news.', 'I want news by mail.'])
  })

  test('is shown to everybody, and says when it is closed or none', async () => {
    const shown = await visitor(pathOf(form.url))
    await call(`/v1/lead-forms/${form.id}`, { method: 'PATCH', body: { active: false } })
    const [closed, none, foreign] = await Promise.all([
      visitor(pathOf(form.url)),
      visitor(`${pathOf(form.url).slice(0, -1)}${form.url.endsWith('0') ? '1' : '0'}`),
      visitor('/f/x.01JD8ZQ4T5M6N7P8Q9R0S1T2V3'),
    ])

    expect([shown.status, closed.status, none.status, foreign.status]).toEqual([200, 410, 404, 404])
    expect(shown.body).toContain('I want news by mail.')
    expect((await send({ name: 'A', email: address() })).status).toBe(410)
  })

  test('shows what is missing or wrong, with what was typed, escaped', async () => {
    const { status, body } = await send({ name: '<b>Wang</b>', email: 'nobody', message: 'x'.repeat(2001) })

    expect(status).toBe(422)
    expect(body).toContain('value="&#60;b&#62;Wang&#60;/b&#62;"')
    expect(body).toMatch(/id="email-fault"/)
    expect(body).toMatch(/id="message-fault"/)
    expect((await send({ email: '' })).body).toMatch(/id="name-fault"[\s\S]*id="email-fault"/)
  })

  test('answers a program that fell into the trap as it answers people, and keeps nothing', async () => {
    const email = address()
    const [person, program] = [
      await send({ name: 'A', email: address() }),
      await send({ name: 'A', email, homepage: 'http://spam.example' }),
    ]

    expect([program.status, program.body.replace(/nonce="[^"]+"/g, '')]).toEqual([200, person.body.replace(/nonce="[^"]+"/g, '')])
    expect(await leadOf(email)).toBeUndefined()
  })

  test('takes no more than it may, from one address and from all together', async () => {
    const { body: small } = await call('/v1/lead-forms', { body: { name: 'Small', limits: { fromOneAddress: 2 } } })
    const { body: busy } = await call('/v1/lead-forms', { body: { name: 'Busy', limits: { inTenMinutes: 1 } } })

    const tried = [1, 2, 3].map(() => () => send({ name: 'A', email: address() }, small))
    const answers = []
    for (const one of tried) answers.push(await one())
    const other = [await send({ name: 'A', email: address() }, busy), await send({ name: 'A', email: address() }, busy)]

    expect([...answers, ...other].map(({ status }) => status)).toEqual([200, 200, 429, 200, 429])
    expect(answers[2]!.headers['retry-after']).toBe('600')
  })
})

describe('double opt-in', () => {
  test('begins a lead once its address is confirmed, with consent as it was given, and not by looking', async () => {
    const email = address()
    await send({ name: 'Wang', email, company: 'Fair Co', consent: 'yes' })
    const waiting = await leadOf(email)
    const link = await linkOf(waiting.id)

    const looked = await visitor(link)
    const before = await leadOf(email)
    const done = [await visitor(link, { method: 'POST', rawBody: '' }), await visitor(link, { method: 'POST', rawBody: '' })]
    const lead = await leadOf(email)

    expect([waiting.status, waiting.consent, looked.status, before.status]).toEqual(['unconfirmed', null, 200, 'unconfirmed'])
    expect(looked.body).toContain('I want news by mail.')
    expect(looked.body).not.toContain(email)
    expect(done.map(({ status }) => status)).toEqual([200, 200])
    expect(lead).toMatchObject({ status: 'new', consent: { textVersion: 'v1', at: lead.confirmedAt }, formId: form.id })
    expect(lead.consent.source).toMatch(/^form: Fair/)
    expect(await linkOf(lead.id)).toBe('')
  })

  test('records no consent where none was ticked, and hears a later yes of who had unsubscribed', async () => {
    const [silent, back] = [address(), address()]
    await suppress(world.system, { email: back, scope: everything, reason: 'unsubscribed' })
    await send({ name: 'Silent', email: silent })
    await send({ name: 'Back', email: back, consent: 'yes' })

    for (const email of [silent, back]) await visitor(await linkOf((await leadOf(email)).id), { method: 'POST', rawBody: '' })

    expect([(await leadOf(silent)).consent, (await leadOf(silent)).status]).toEqual([null, 'new'])
    expect((await suppressedAmong(world.ctx, [back], [everything])).size).toBe(0)
  })

  test('opens nothing by a link that was cut, forged, or of another firm', async () => {
    const email = address()
    await send({ name: 'Wang', email })
    const link = await linkOf((await leadOf(email)).id)
    const other = await marketingWorld()
    const head = Buffer.from(other.tenant.id).toString('base64url')

    const tries = [link.slice(0, -1), `${link}A`, link.replace(/\/l\/[^.]+/, `/l/${head}`), '/l/x', '/l/x.y', `${link}.z`]
    const answers = await Promise.all(tries.map((path) => visitor(path, { method: 'POST', rawBody: '' })))

    expect(answers.map(({ status }) => status)).toEqual(tries.map(() => 404))
    expect((await leadOf(email)).status).toBe('unconfirmed')
  })

  test('lets nobody change a lead that is there by typing its address', async () => {
    const { body: known } = await call('/v1/leads', { body: { name: 'Known', email: address(), title: 'CEO' } })

    await send({ name: 'Stranger', email: known.email, company: 'Evil', message: 'Hi', consent: 'yes' })

    const lead = await leadOf(known.email)
    expect(lead).toMatchObject({ name: 'Known', title: 'CEO', status: 'new', consent: null, captureCount: 2 })
    expect(lead.captures[0].message).toBe('Hi')
  })
})

test('whoever left an address is asked to confirm it three times a day at most, and not where it bounces or complained', async () => {
  const reasons = ['bounced', 'complained', 'unsubscribed', undefined] as const
  const emails = reasons.map(() => address())
  for (const [i, reason] of reasons.entries()) {
    await send({ name: 'A', email: emails[i]! })
    if (reason) await suppress(world.system, { email: emails[i]!, scope: everything, reason })
  }
  const [bounced, complained, unsubscribed, plain] = await Promise.all(emails.map(async (email) => (await leadOf(email)).id as string))
  const isAsked = async (leadId: string, days = 0) => {
    const at = new Date(Date.parse(world.system.now()) + days * 86_400_000).toISOString()
    return (await confirmMailOf({ ...world.system, now: () => at }, { leadId, eventId: 'evt' })) !== undefined
  }

  expect([await isAsked(bounced!), await isAsked(complained!), await isAsked(unsubscribed!)]).toEqual([false, false, true])
  const today = []
  for (let n = 0; n < 4; n++) today.push(await isAsked(plain!))
  expect([...today, await isAsked(plain!, 2)]).toEqual([true, true, true, false, true])
  await visitor(await linkOf(plain!), { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, rawBody: '' })
  expect(await isAsked(plain!, 4)).toBe(false)
})

describe('a lead that nobody confirms', () => {
  const later = (days: number) => ({ ...world.system, now: () => new Date(Date.now() + days * 86_400_000).toISOString() })

  test('is erased a day after its link, unless it came again', async () => {
    const [silent, confirmed, back] = [address(), address(), address()]
    for (const email of [silent, confirmed, back]) await send({ name: 'A', email })
    const { id } = await leadOf(confirmed)
    await visitor(await linkOf(id), { method: 'POST' })
    const { id: again } = await leadOf(back)
    const lead = await get(world.system, leads, again)
    await commit(world.system, [leads.replace(world.system, lead, captured(lead, {}, later(10).now()))], [])
    await tidyLeads(later(16))

    expect([await leadOf(silent), (await leadOf(confirmed)).status, (await leadOf(back)).status]).toEqual([undefined, 'new', 'unconfirmed'])
    await tidyLeads(later(26))
    expect(await leadOf(back)).toBeUndefined()
  })

  test('is looked for once a day, by the schedule', async () => {
    const queued: unknown[] = []
    const enqueue: Enqueue = async (name, messages) => void queued.push(...messages.map((message) => ({ name, message })))
    // Long ago: the plans of others lie later.
    const system: SystemContext = { system: true, now: () => '2001-01-01T10:00:00.000Z', db: world.ctx.db, enqueue }
    for (const at of ['2001-01-01T10:00:00.000Z', '2001-01-01T20:00:00.000Z']) await planTidying(system, world.tenant.id, at)

    await startCampaigns(system, '2001-01-16T23:55:00.000Z')
    const early = queued.length
    const time = '2001-01-17T00:00:00.000Z'
    await startCampaigns(system, time)

    expect([early, queued]).toEqual([0, [{ name: 'tidy-leads', message: { tenantId: world.tenant.id, tidy: 'leads', time } }]])
  })
})
