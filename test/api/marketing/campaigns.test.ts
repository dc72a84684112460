import { beforeAll, describe, expect, test } from 'vitest'
import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { launchCampaign } from '../../../domain/marketing/campaign/launch-campaign.ts'
import { changeContact } from '../../../domain/parties/contact/change-contact.ts'
import { callAs } from '../../support/api.ts'
import { fakeAccount } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'

let world: Awaited<ReturnType<typeof campaignWorld>>
let call: ReturnType<typeof callAs>

beforeAll(async () => {
  world = await campaignWorld(2)
  call = callAs(world.tenant.id, world.marketer)
})

const create = async (more: object = {}) =>
  (
    await call('/v1/campaigns', {
      method: 'POST',
      body: { name: 'C', segmentId: world.segment.id, templateId: world.template.id, ...more },
    })
  ).body
const act = async (id: string, action: string) => {
  const { status, body } = await call(`/v1/campaigns/${id}/${action}`, { method: 'POST' })
  return [status, body.code ?? body.status]
}

describe('launching a campaign', () => {
  test('is refused for what it lacks, each with its own code, and nothing is sent', async () => {
    const { body: nobody } = await call('/v1/segments', {
      method: 'POST',
      body: { name: 'Nobody', where: { field: 'name', op: 'eq', value: 'nobody' } },
    })
    const admin = await world.tenant.as(world.tenant.admin)

    expect(await act((await create({ segmentId: null })).id, 'launch')).toEqual([409, 'campaign.no-segment'])
    expect(await act((await create({ segmentId: nobody.id })).id, 'launch')).toEqual([409, 'campaign.no-audience'])
    expect(await act((await create({ templateId: null })).id, 'launch')).toEqual([409, 'campaign.no-template'])
    expect(await act((await create({ startAt: '2020-01-01T00:00:00Z' })).id, 'launch')).toEqual([422, 'campaign.start-in-past'])
    const { id } = await create()
    await changeTenant(admin, { changes: { mailRate: 0 } })
    expect(await act(id, 'launch')).toEqual([409, 'campaign.no-rate'])
    await changeTenant(admin, { changes: { mailRate: 10, postalAddress: null } })
    expect(await act(id, 'launch')).toEqual([409, 'campaign.no-postal-address'])
    await changeTenant(admin, { changes: { postalAddress: 'x', sender: null } })
    expect(await act(id, 'launch')).toEqual([409, 'campaign.no-sender'])
    await changeTenant(admin, { changes: { sender: { name: 'Harbour', email: 'news@unverified.example' } } })
    expect(await act(id, 'launch')).toEqual([409, 'campaign.sender-unverified'])
    await changeTenant(admin, { changes: { sender: { name: 'Harbour', email: 'news@harbour.example' } } })
    await expect(launchCampaign({ ...world.asMarketer, mailAccount: fakeAccount(0) }, { id })).rejects.toMatchObject({
      code: 'campaign.no-quota',
    })
    expect(await act(id, 'launch')).toEqual([200, 'scheduled'])
  })

  test('is refused when the mail cannot be made for one of the audience, with the recipient and the field', async () => {
    const [, reader] = world.people
    const body = `<mjml><mj-body><mj-section><mj-column><mj-text>{% for i in (1..contact.title) %}x{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>`
    const template = { name: 'L', kind: 'campaign', subject: 'News', body, defaults: { 'contact.title': '1' } }
    const { body: loops } = await call('/v1/message-templates', { method: 'POST', body: template })
    const admin = await world.tenant.as(world.tenant.admin)
    await changeContact(admin, { id: reader!.id, changes: { title: '99999999' } })
    const { id } = await create({ templateId: loops.id })

    const refused = await call(`/v1/campaigns/${id}/launch`, { method: 'POST' })
    await changeContact(admin, { id: reader!.id, changes: { title: null } })

    expect(refused.body).toMatchObject({
      code: 'campaign.template-fails',
      recipient: { contactId: reader!.id, field: 'contact.title' },
      errors: [{ pointer: '/templateId' }],
    })
    expect(await act(id, 'launch')).toEqual([200, 'scheduled'])
  })

  test('works once, also for two at the same moment, and fixes what decides who gets what', async () => {
    const { id } = await create()

    const answers = await Promise.all([act(id, 'launch'), act(id, 'launch')])
    const changed = await call(`/v1/campaigns/${id}`, { method: 'PATCH', body: { segmentId: null } })
    const cost = await call(`/v1/campaigns/${id}`, {
      method: 'PATCH',
      body: { costs: [{ on: '2026-11-21', what: 'Design', amount: { amount: '80.00', currency: 'CNY' } }] },
    })
    const deleted = await call(`/v1/campaigns/${id}`, { method: 'DELETE' })

    expect(answers.sort()).toEqual([
      [200, 'scheduled'],
      [409, 'campaign.already-launched'],
    ])
    expect([changed.body.code, cost.status, deleted.body.code]).toEqual(['campaign.launched', 200, 'campaign.launched'])
  })

  test('knows what each state allows', async () => {
    const { id } = await create()

    expect(await act(id, 'pause')).toEqual([409, 'campaign.state'])
    expect(await act(id, 'resume')).toEqual([409, 'campaign.state'])
    await act(id, 'launch')
    expect(await act(id, 'pause')).toEqual([200, 'paused'])
    expect(await act(id, 'resume')).toEqual([200, 'scheduled'])
    expect(await act(id, 'cancel')).toEqual([200, 'cancelled'])
    expect(await act(id, 'resume')).toEqual([409, 'campaign.state'])
  })

  test('is for those who may, and refuses what there is not', async () => {
    const { id } = await create()
    const viewer = callAs(world.tenant.id, await world.tenant.user('viewer'))

    expect((await viewer(`/v1/campaigns/${id}/launch`, { method: 'POST' })).body.code).toBe('permission.missing')
    expect(await create({ list: 'nothing' })).toMatchObject({ code: 'campaign.unknown-list' })
    expect(await create({ segmentId: 'seg_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' })).toMatchObject({ code: 'segment.not-found' })
    expect(await create({ sendWindow: { fromHour: 9, toHour: 9 } })).toMatchObject({ code: 'input.invalid' })
  })
})
