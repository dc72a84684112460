import { describe, expect, it } from 'vitest'
import { addDays } from '../../domain/kernel/dates.ts'
import { customerOf, openFirm } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

const body =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ contact.name }}, <a href="https://harbour.example">look</a></mj-text></mj-column></mj-section></mj-body></mjml>'

describe('a campaign on a running server', () => {
  const server = sharedServer()

  it('goes from its launch to the mailbox, hears a one-click no before the next one, and counts what SES says', async () => {
    const firm = await openFirm(server, 'Harbour', 'en')
    const marketer = await firm.person({ name: 'Mia', email: 'mia@harbour.example', roles: ['marketer', 'rep', 'admin'] })
    const post = <T = { id: string }>(path: string, input?: object) => marketer.call<T>('POST', `/v1/${path}`, input)
    await marketer.call('PATCH', '/v1/tenant', {
      sender: { name: 'Harbour', email: 'news@local.example' },
      postalAddress: '1 Harbour Road',
    })
    const customerId = await customerOf(marketer, { name: 'Quayside Stores' }, firm.today, 'Call')
    for (const name of ['Ann', 'Bob', 'Cid']) await post('contacts', { customerId, name, email: `${name}@reader.example` })
    const template = await post('message-templates', {
      name: 'T',
      kind: 'campaign',
      locale: 'en',
      subject: 'News for {{ contact.name }}',
      body,
    })
    const segment = await post('segments', { name: 'S', where: { field: 'email', op: 'isNull', value: false } })
    const launched = async () => {
      const { id } = await post('campaigns', { name: 'Autumn', segmentId: segment.id, templateId: template.id })
      await post(`campaigns/${id}/launch`)
      await server.control('settle')
      return id
    }

    const first = await launched()
    const [mail] = await firm.mails('ann@reader.example')
    const link = /<(.*)>/.exec(mail!.headers['list-unsubscribe']!)![1]!
    const unsubscribed = await fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
    const clicked = await fetch(/look: (\S+)/.exec(mail!.text)![1]!, { redirect: 'manual' })
    const followed = { status: clicked.status, location: clicked.headers.get('location') }
    const [bounced] = await firm.mails('bob@reader.example')
    await server.control('mail/events', { type: 'bounce', messageId: bounced!.id })
    await server.control('settle')
    const second = await launched()

    const stats = (id: string) => marketer.call<Record<string, unknown>>('GET', `/v1/campaigns/${id}/stats`)
    expect(mail).toMatchObject({ subject: 'News for Ann', headers: { 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' } })
    expect(followed).toMatchObject({ status: 302, location: 'https://harbour.example' })
    expect(unsubscribed.status).toBe(200)
    expect(await stats(first)).toMatchObject({ status: 'sent', audience: 3, sent: 3, delivered: 3, bounced: 1, unsubscribed: 1 })
    expect(await stats(second)).toMatchObject({ status: 'sent', audience: 3, sent: 1, skipped: { suppressed: 2 } })
    expect(await firm.mails('ann@reader.example')).toHaveLength(1)
  })

  it('starts, keeps its hours and decides its test by the time that its schedule is run for', async () => {
    const firm = await openFirm(server, 'Lantern', 'en')
    const marketer = await firm.person({ name: 'Mo', email: 'mo@lantern.example', roles: ['marketer', 'rep', 'admin'] })
    const post = <T = { id: string }>(path: string, input?: object) => marketer.call<T>('POST', `/v1/${path}`, input)
    const at = async (time: string) => {
      await server.control('schedules/campaigns/run', { time })
      await server.control('settle')
    }
    await marketer.call('PATCH', '/v1/tenant', { sender: { name: 'Lantern', email: 'news@local.example' }, postalAddress: '1 Road' })
    const customer = await post('customers', { name: 'Lantern Reader' })
    const items = Array.from({ length: 24 }, (_, i) => ({ customerId: customer.id, name: `R${i}`, email: `r${i}@lantern-reader.example` }))
    await post('contacts/batch', { operation: 'create', items })
    const templated = (subject: string) => post('message-templates', { name: subject, kind: 'campaign', locale: 'en', subject, body })
    const [a, b] = [await templated('First'), await templated('Second')]
    const segment = await post('segments', { name: 'S', where: { field: 'email', op: 'isNull', value: false } })
    const day = addDays(firm.today, 2)
    const { id } = await post('campaigns', {
      ...{ name: 'Test', segmentId: segment.id, templateId: a.id, startAt: `${day}T04:00:00Z` },
      sendWindow: { fromHour: 14, toHour: 16 },
      abTest: { templateId: b.id, samplePercent: 50, decideBy: 'clicks', afterHours: 1 },
    })
    const stats = () => marketer.call<{ sent: number }>('GET', `/v1/campaigns/${id}/stats`)

    await post(`campaigns/${id}/launch`)
    await at(`${day}T03:55:00Z`)
    await at(`${day}T04:00:00Z`)
    const early = await marketer.call('GET', `/v1/campaigns/${id}`)
    await at(`${day}T06:00:00Z`)
    const sample = await stats()
    const mails = (await Promise.all(items.map(({ email }) => firm.mails(email)))).flat()
    await fetch(/look: (\S+)/.exec(mails.find(({ subject }) => subject === 'Second')!.text)![1]!, { redirect: 'manual' })
    await at(`${day}T07:30:00Z`)

    expect(early).toMatchObject({ status: 'scheduled' })
    expect(sample.sent).toBe(10)
    expect(await marketer.call('GET', `/v1/campaigns/${id}`)).toMatchObject({ status: 'sent', winner: 'b' })
    expect(await stats()).toMatchObject({ sent: 24, clicked: 1 })
  })
})
