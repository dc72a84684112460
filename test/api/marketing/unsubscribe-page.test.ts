import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSuppression } from '../../../domain/marketing/suppression/change-suppression.ts'
import { suppressedAmong } from '../../../domain/marketing/suppression/suppression.table.ts'
import { everything, listScope } from '../../../domain/marketing/suppression/suppression.ts'
import { unsubscribeHeaders, unsubscribeToken, unsubscribeUrl } from '../../../domain/marketing/unsubscribe/link.ts'
import type { Contact } from '../../../domain/parties/contact/contact.ts'
import { handler as optIn } from '../../../functions/consumers/marketing/opt-in-contact-on-suppression-removed.ts'
import { handler as optOut } from '../../../functions/consumers/marketing/opt-out-contact-on-suppression-added.ts'
import { callAs } from '../../support/api.ts'
import { deliver } from '../../support/deliver.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'

const mailingLists = [
  { key: 'news', name: '<b>News</b> & offers' },
  { key: 'fairs', name: 'Fairs' },
]
let world: MarketingWorld
let anybody: ReturnType<typeof callAs>

beforeAll(async () => {
  world = await marketingWorld({ mailingLists })
  anybody = callAs(world.tenant.id, undefined)
})

const tokenFor = ({ id, email }: Contact, at?: string) =>
  unsubscribeToken(at ? { ...world.ctx, now: () => at } : world.ctx, { email: email!, contactId: id })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const post = (token: string, rawBody: string, headers: Record<string, string> = form) =>
  anybody(`/u/${token}`, { method: 'POST', rawBody, headers })
const scopes = [everything, listScope('news'), listScope('fairs')]
const refusedBy = async ({ email }: Contact) => {
  const found = await Promise.all(scopes.map(async (scope) => (await suppressedAmong(world.ctx, [email!], [scope])).size))
  return scopes.filter((_, i) => found[i])
}

describe('one-click unsubscribing', () => {
  const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  test.each([
    ['urlencoded', 'List-Unsubscribe=One-Click', form],
    ['multipart', multipart, { 'content-type': 'multipart/form-data; boundary=x' }],
    ['multipart with line feeds alone', multipart.replaceAll('\r', ''), { 'content-type': 'multipart/form-data; boundary=x' }],
    ['empty', '', {}],
  ])('by a POST that is %s takes effect at once, without a redirect, however often', async (_, body, headers) => {
    const reader = await world.reader()
    const token = tokenFor(reader)

    const answers = await Promise.all([post(token, body, headers), post(token, body, headers)])
    const later = await post(token, body, headers)

    expect([...answers, later].map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await refusedBy(reader)).toEqual(['tenant'])
  })

  test('changes nothing by GET, HEAD, or a POST that says something else', async () => {
    const reader = await world.reader()
    const token = tokenFor(reader)

    const answers = [
      await anybody(`/u/${token}?List-Unsubscribe=One-Click`),
      await anybody(`/u/${token}`, { method: 'HEAD' }),
      await post(token, 'List-Unsubscribe=Maybe'),
      await post(token, '{"List-Unsubscribe":"One-Click"}', { 'content-type': 'application/json' }),
      await post(token, 'x'.repeat(100_000)),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 422, 422, 422])
    expect(await refusedBy(reader)).toEqual([])
  })

  test('refuses forged, cut and foreign tokens, byte by byte, and old ones', async () => {
    const [reader, other] = [await world.reader(), await marketingWorld()]
    const token = tokenFor(reader)
    const flipped = Array.from(
      { length: token.length },
      (_, i) => `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`,
    )
    const [head, tail] = token.split('.') as [string, string]
    const foreign = Buffer.from(other.tenant.id).toString('base64url')
    const forged = [
      ...flipped,
      head,
      `${head}.`,
      `.${tail}`,
      token.slice(0, -1),
      `${token}A`,
      `${token}.A`,
      `${foreign}.${tail}`,
      '%00',
      'a'.repeat(4000),
    ]

    const answers = await Promise.all(forged.map((one) => post(one, 'List-Unsubscribe=One-Click')))
    const old = await post(tokenFor(reader, '2020-01-01T00:00:00.000Z'), 'List-Unsubscribe=One-Click')

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
    expect(old.status).toBe(410)
    expect(await refusedBy(reader)).toEqual([])
  })

  test('has a token in which nothing can be read', async () => {
    const token = tokenFor(await world.reader())

    expect(Buffer.from(token.split('.')[1]!, 'base64url').toString()).not.toMatch(/harbour|con_/)
  })

  test('has both headers, with exactly one https address', () => {
    const url = unsubscribeUrl(
      { ...world.ctx, publicUrl: 'https://crm.example' },
      { email: 'a@b.example', contactId: 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3' },
    )

    expect(unsubscribeHeaders(url)).toEqual({
      'List-Unsubscribe': expect.stringMatching(/^<https:\/\/crm\.example\/u\/[\w.-]+>$/),
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
  })
})

describe('the page', () => {
  test('is in the language of the recipient, names no whole address, and lets no name become markup', async () => {
    const [english, chinese] = [await world.reader(), await world.reader({ locale: 'zh-CN' })]

    const [en, zh] = [await anybody(`/u/${tokenFor(english)}`), await anybody(`/u/${tokenFor(chinese)}`)]

    expect(en.body).toContain('Unsubscribe from all marketing mail')
    expect(zh.body).toContain('退订全部营销邮件')
    expect(en.body).toContain('r…@harbour.example')
    expect(en.body).not.toContain(english.email)
    expect(en.body).toContain('&#60;b&#62;News')
    expect(en.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  })

  test('keeps the lists that are wanted, leaves the others, and takes both back', async () => {
    const reader = await world.reader()
    const token = tokenFor(reader)

    await post(token, 'action=choose&list-news=1&list-unknown=1')
    const chosen = await refusedBy(reader)
    await post(token, 'action=unsubscribe')
    const none = await refusedBy(reader)
    await post(token, 'action=subscribe')

    expect(chosen).toEqual(['list:fairs'])
    expect(none).toEqual(['tenant', 'list:fairs'])
    expect(await refusedBy(reader)).toEqual([])
  })

  test('does not bring back an address that the firm put on the list', async () => {
    const reader = await world.reader()
    await createSuppression(world.ctx, { email: reader.email! })

    const answer = await post(tokenFor(reader), 'action=subscribe')

    expect(answer.body).toContain('Not possible right now')
    expect(await refusedBy(reader)).toEqual(['tenant'])
  })

  test('notes consent with its moment when somebody subscribes again', async () => {
    const reader = await world.reader()
    const token = tokenFor(reader)

    await post(token, 'action=unsubscribe')
    await deliver(world.ctx, optOut, ['suppression.added'])
    const out = await world.contact(reader.id)
    await post(token, 'action=subscribe')
    await deliver(world.ctx, optIn, ['suppression.removed'])

    expect(out.marketing).toMatchObject({ optedOut: true })
    expect((await world.contact(reader.id)).marketing).toMatchObject({ optedOut: false, consent: { source: 'unsubscribe-page' } })
  })

  test('works for a contact that is deleted by now', async () => {
    const reader = await world.reader()
    await callAs(world.tenant.id, world.tenant.admin)(`/v1/contacts/${reader.id}`, { method: 'DELETE' })

    const answer = await post(tokenFor(reader), '')

    expect(answer.status).toBe(200)
    expect(await refusedBy(reader)).toEqual(['tenant'])
  })
})

const samples = join(import.meta.dirname, '../../../../shared/data/email/rfc8058')

describe.skipIf(!existsSync(samples))('the requests of RFC 8058', () => {
  const files = existsSync(samples) ? readdirSync(samples).filter((file) => file.endsWith('.http')) : []

  test.each(files)('%s', async (file) => {
    const [head = '', body = ''] = readFileSync(join(samples, file), 'utf8').split(/\r?\n\r?\n([\s\S]*)/)
    const [first = '', ...lines] = head.split(/\r?\n/)
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const reader = await world.reader()

    const method = first.split(' ')[0]!
    const answer = await anybody(`/u/${tokenFor(reader)}`, { method, headers, ...(method === 'POST' ? { rawBody: body } : {}) })

    expect(answer.status).toBe(200)
    expect(await refusedBy(reader)).toEqual(method === 'GET' ? [] : ['tenant'])
  })
})
