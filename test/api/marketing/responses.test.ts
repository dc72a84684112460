import { beforeAll, describe, expect, test } from 'vitest'
import type { OutgoingMail } from '../../../domain/kernel/context.ts'
import { hexMac } from '../../../domain/kernel/signing.ts'
import type { Campaign } from '../../../domain/marketing/campaign/campaign.ts'
import { campaignStats } from '../../../domain/marketing/delivery/campaign-stats.ts'
import { sendBlock } from '../../../domain/marketing/delivery/send-block.ts'
import { createMessageTemplate } from '../../../domain/marketing/message-template/change-template.ts'
import { clickBase } from '../../../domain/marketing/response/click-link.ts'
import { listFollowUps } from '../../../domain/parties/follow-up/list-follow-ups.ts'
import { handler as planForClick } from '../../../functions/consumers/marketing/plan-follow-up-on-campaign-clicked.ts'
import { handler as planForReply } from '../../../functions/consumers/marketing/plan-follow-up-on-campaign-replied.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { fakeSes } from '../../support/mail.ts'
import { campaignWorld } from '../../support/marketing.ts'

const body = `<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ contact.name }}, <a href="https://shop.example/?a=1&amp;b=2">shop</a></mj-text>
<mj-button href="https://shop.example/catalogue">Catalogue</mj-button><mj-text><a href="https://shop.example/{{ contact.name }}">yours</a></mj-text></mj-column></mj-section></mj-body></mjml>`

let world: Awaited<ReturnType<typeof campaignWorld>>
let call: ReturnType<typeof callAs>
let campaign: Campaign
let mails: OutgoingMail[]

beforeAll(async () => {
  world = await campaignWorld(4, { replyDomain: 'reply.harbour.example' })
  call = callAs(world.tenant.id, world.marketer)
  const { id: templateId } = await createMessageTemplate(world.asMarketer, { name: 'L', kind: 'campaign', subject: 'News', body })
  campaign = await world.started({ templateId })
  const ses = fakeSes()
  await sendBlock({ ...world.ctx, mail: ses.mail }, world.sender, world.work(campaign))
  mails = ses.taken
})

const stats = () => campaignStats(world.ctx, campaign)
const pathsOf = (mail: OutgoingMail) => [...mail.html.matchAll(/href="[^"]*?(\/c\/[^"]+)"/g)].map(([, path]) => path!)
const follow = async (path: string, headers: Record<string, string> = {}) => {
  const { status, headers: given } = await call(path, { headers })
  return [status, given.location]
}
const subjects = async () =>
  (await listFollowUps(world.ctx, { limit: 25, cursor: undefined, sort: 'dueOn', filter: {} })).data.map(({ subject }) => subject)

describe('a link of a mail', () => {
  test('leads where the campaign says, and counts a recipient once for the mail and once for each link', async () => {
    const [shop, catalogue, ...more] = pathsOf(mails[0]!)

    const answers = [await follow(shop!), await follow(shop!), await follow(catalogue!), await follow(pathsOf(mails[1]!)[1]!)]
    await deliver(world.ctx, planForClick, ['campaign.clicked'])
    await deliver(world.ctx, planForClick, ['campaign.clicked'])

    const [toShop, toCatalogue] = [302, 302].map((status, i) => [
      status,
      ['https://shop.example/?a=1&b=2', 'https://shop.example/catalogue'][i],
    ])
    expect([answers, more]).toEqual([[toShop, toShop, toCatalogue, toCatalogue], []])
    expect(await stats()).toMatchObject({
      clicked: 2,
      links: [
        { url: 'https://shop.example/?a=1&b=2', clicked: 1 },
        { url: 'https://shop.example/catalogue', clicked: 2 },
      ],
    })
    expect((await subjects()).sort()).toEqual(['Reader 0 clicked in the mail “Autumn”', 'Reader 1 clicked in the mail “Autumn”'])
    expect(mails[0]!.text).toContain(`/c/`)
    expect(mails[0]!.html).toMatch(/ses:no-track href="[^"]*\/u\//)
  })

  test('that a program opens leads on, and counts nobody', async () => {
    const before = await stats()
    const [path] = pathsOf(mails[2]!)

    const scanned = await follow(path!, { 'user-agent': 'Barracuda Sentinel' })
    const fetched = await follow(path!, { 'sec-purpose': 'prefetch' })

    expect([scanned[0], fetched[0]]).toEqual([302, 302])
    expect(await stats()).toEqual(before)
  })

  test('that is forged, cut, of another firm, or old leads nowhere', async () => {
    const before = await stats()
    const [path] = pathsOf(mails[3]!)
    const [, , token, link] = path!.split('/') as [string, string, string, string]
    const flip = (i: number) => `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
    const other = await campaignWorld(0)
    const clicked = { campaignId: campaign.id, delivery: '0-0-3' }
    const foreign = clickBase(other.ctx, clicked).split('/').at(-1)!.split('.').slice(1).join('.')
    const old = clickBase({ ...world.ctx, now: () => '2025-01-01T00:00:00.000Z' }, clicked)

    const tried = [token.slice(0, -1), `${token.split('.')[0]}.${foreign}`, ...[0, 40, 60, token.length - 1, token.length - 30].map(flip)]
    const refused = await Promise.all([
      ...tried.map((one) => follow(`/c/${one}/${link}`)),
      follow(`/c/${token}/9`),
      follow(`/c/${token}/x`),
    ])

    expect(new Set(refused.map(([status, to]) => `${status} ${to}`))).toEqual(new Set(['404 undefined']))
    expect(await follow(`${old.slice(old.indexOf('/c/'))}/0`)).toEqual([410, undefined])
    expect(await stats()).toEqual(before)
  })
})

describe('an answer to a mail', () => {
  const post = async (mail: unknown, more: { at?: number; secret?: string; body?: string } = {}) => {
    const { body: hook } = await call('/v1/reply-hook')
    const text = JSON.stringify(mail)
    const at = more.at ?? Math.floor(Date.now() / 1000)
    const signature = `t=${at},v1=${hexMac(more.secret ?? hook.secret, `${at}.${text}`)}`
    const answer = await call(new URL(hook.url, 'http://here').pathname, {
      method: 'POST',
      rawBody: more.body ?? text,
      headers: { 'x-guanxi-signature': signature },
    })
    return [answer.status, answer.body.code ?? answer.body.counted]
  }

  test('counts once and plans a contact; an automatic one, or one to another address, does not', async () => {
    const [first, second] = mails.map(({ replyTo }) => replyTo!)
    const answers = [
      await post({ to: ['sales@harbour.example', first], from: 'Reader <r0@harbour.example>' }),
      await post({ to: first!.toUpperCase(), from: 'r0@harbour.example' }),
      await post({ to: second, from: 'r1@harbour.example', headers: { 'Auto-Submitted': 'auto-replied' } }),
      await post({ to: second, from: 'MAILER-DAEMON@mx.example' }),
      await post({ to: second!.replace(/[0-9a-f]@/, (end) => `${end === '0@' ? 1 : 0}@`), from: 'r1@harbour.example' }),
    ]
    await deliver(world.ctx, planForReply, ['campaign.replied'])

    expect(answers).toEqual([
      [202, true],
      [202, false],
      [202, false],
      [202, false],
      [202, false],
    ])
    expect(await stats()).toMatchObject({ replied: 1 })
    expect(await subjects()).toContain('Reader 0 answered the mail “Autumn”')
  })

  test('that is not signed by the firm, old, changed or no mail is refused', async () => {
    const mail = { to: mails[1]!.replyTo, from: 'r1@harbour.example' }
    const before = await stats()

    expect(await post(mail, { secret: 'x' })).toEqual([401, 'reply.unsigned'])
    expect(await post(mail, { at: Math.floor(Date.now() / 1000) - 400 })).toEqual([401, 'reply.unsigned'])
    expect(await post(mail, { body: JSON.stringify({ ...mail, more: 1 }) })).toEqual([401, 'reply.unsigned'])
    expect(await post({ to: 1 })).toEqual([422, 'reply.malformed'])
    expect((await call('/hooks/replies/nobody', { method: 'POST', rawBody: '{}' })).body.code).toBe('reply.unsigned')
    expect(await stats()).toEqual(before)
  })
})
