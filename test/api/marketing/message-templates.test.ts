import { beforeAll, describe, expect, test } from 'vitest'
import { plainTextOf } from '../../../domain/marketing/message-template/plain-text.ts'
import { sendTest } from '../../../domain/marketing/message-template/preview-template.ts'
import { messageMaker } from '../../../domain/marketing/message-template/render-message.ts'
import { callAs } from '../../support/api.ts'
import { fakeSes } from '../../support/mail.ts'
import { type MarketingWorld, marketingWorld } from '../../support/marketing.ts'

let world: MarketingWorld
let call: ReturnType<typeof callAs>

beforeAll(async () => {
  world = await marketingWorld({ postalAddress: '1 Harbour Road', sender: { name: 'Harbour', email: 'news@harbour.example' } })
  call = callAs(world.tenant.id, world.marketer)
})

const mjml = (text: string) =>
  `<mjml>\n<mj-body><mj-section><mj-column>\n<mj-text>${text}</mj-text>\n</mj-column></mj-section></mj-body></mjml>`
const save = (more: object) =>
  call('/v1/message-templates', {
    method: 'POST',
    body: { name: 'T', kind: 'campaign', locale: 'en', subject: 'News', body: mjml('Hello'), ...more },
  })
const faultOf = async (more: object) => {
  const { status, body } = await save(more)
  return [status, body.code, body.errors?.[0]?.pointer, body.errors?.[0]?.message]
}

describe('a template of a mail', () => {
  test('is compiled when saved: values escaped, defaults filled in, address and unsubscribe link added, plain text made', async () => {
    const { body: template } = await save({
      subject: '{{ customer.name }}: news for {{ contact.name }}',
      preheader: 'For {{ contact.name }}',
      body: mjml('Dear {{ contact.title }} <b>{{ contact.name }}</b>, <a href="https://harbour.example/a?b=1&amp;c=2">look</a>'),
      defaults: { 'contact.title': 'friend' },
    })
    const reader = await world.reader({ name: '<script>alert(1)</script>' })

    const { status, body } = await call(`/v1/message-templates/${template.id}/preview`, { method: 'POST', body: { contactId: reader.id } })

    expect(status).toBe(200)
    expect(template.fields).toEqual([
      'contact.name',
      'contact.title',
      'customer.name',
      'tenant.name',
      'tenant.postalAddress',
      'unsubscribeUrl',
    ])
    expect(body.subject).toContain('news for <script>alert(1)</script>')
    expect(body.html).toContain('Dear friend <b>&lt;script&gt;alert(1)&lt;/script&gt;</b>')
    expect(body.html).not.toContain('<script>')
    expect(body.html).toMatch(/Harbour Tools · 1 Harbour Road.*<a href="[^"]*\/u\/preview"[^>]*>Unsubscribe<\/a>/s)
    expect(body.html).toContain('<html lang="en"')
    expect(body.text).toContain('Dear friend <script>alert(1)</script> , look: https://harbour.example/a?b=1&c=2')
    expect(body.text).toContain('Unsubscribe: ')
  })

  test('is refused with the place of the fault', async () => {
    expect(await faultOf({ body: mjml('{% if contact.name %}') })).toMatchObject([
      422,
      'template.liquid',
      '/body',
      expect.stringMatching(/^Line 3, column 10: /),
    ])
    expect(await faultOf({ body: mjml('{{ contact.nmae }}') })).toMatchObject([
      422,
      'template.unknown-field',
      '/body',
      expect.stringContaining('contact.nmae'),
    ])
    expect(await faultOf({ subject: '{{ contact["phones"] }}' })).toMatchObject([
      422,
      'template.unknown-field',
      '/subject',
      expect.anything(),
    ])
    expect(await faultOf({ subject: '{{ contact[contact.name] }}' })).toMatchObject([
      422,
      'template.unknown-field',
      '/subject',
      expect.anything(),
    ])
    expect(await faultOf({ body: mjml('{{ contact.title }}') })).toMatchObject([
      422,
      'template.default-missing',
      '/defaults',
      expect.stringContaining('contact.title'),
    ])
    expect(await faultOf({ body: mjml('x</mj-text><mj-nothing /><mj-text>') })).toMatchObject([
      422,
      'template.mjml',
      '/body',
      expect.stringMatching(/^Line 3: .*mj-nothing/),
    ])
    expect(await faultOf({ body: '<p>Hello</p>' })).toMatchObject([422, 'template.mjml', '/body', expect.anything()])
    expect(await faultOf({ defaults: { 'contact.phones': '' } })).toMatchObject([
      422,
      'input.invalid',
      '/defaults/contact.phones',
      expect.anything(),
    ])
  })

  test.each([
    ['a loop in a loop', '{% for i in (1..99999999) %}{% for j in (1..99999999) %}x{% endfor %}{% endfor %}'],
    ['a text that doubles', '{% assign a = "aaaaaaaaaaaaaaaa" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}'],
    ['another file', '{% include "/etc/passwd" %}'],
    ['another template', '{% render "x" %}'],
    ['what takes the escaping away', '{{ contact.name | raw }}'],
    ['a padded date', '{{ "now" | date: "%999999999d" }}'],
    ['the prototype', '{{ contact.constructor.constructor }}'],
  ])('with %s is refused and holds nobody up', async (_, text) => {
    const started = process.cpuUsage()

    const { status } = await save({ body: mjml(text) })

    expect(status).toBe(422)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(5_000)
  })

  test('reads no file, whatever its MJML includes', async () => {
    const { body } = await save({ body: mjml('x</mj-text><mj-include path="/etc/passwd" type="html" /><mj-text>y') })
    const reader = await world.reader()

    const shown = body.id
      ? (await call(`/v1/message-templates/${body.id}/preview`, { method: 'POST', body: { contactId: reader.id } })).body.html
      : ''

    expect(shown).not.toContain('root:')
  })

  test('keeps a subject one line, however a name is written', () => {
    const make = messageMaker({ subject: '{{ contact.name }}', html: '', text: '', defaults: {} })

    expect(make({ 'contact.name': 'A\r\nBcc: all@harbour.example\u202eB' }).subject).toBe('A Bcc: all@harbour.exampleB')
  })

  test('is changed and listed without its texts, and is nobody else’s', async () => {
    const { body: template } = await save({ name: 'Autumn' })
    const { body: changed } = await call(`/v1/message-templates/${template.id}`, {
      method: 'PATCH',
      body: { subject: 'Autumn for {{ contact.name }}' },
    })
    const { body: list } = await call('/v1/message-templates?limit=1')
    const broken = await call(`/v1/message-templates/${template.id}`, { method: 'PATCH', body: { body: mjml('{{') } })
    const rep = callAs(world.tenant.id, await world.tenant.user('rep'))

    expect(changed).toMatchObject({ version: 2, subject: 'Autumn for {{ contact.name }}', body: expect.stringContaining('<mjml>') })
    expect(list.data[0]).toMatchObject({ id: template.id })
    expect(list.data[0]).not.toHaveProperty('body')
    expect(broken.status).toBe(422)
    expect((await rep(`/v1/message-templates/${template.id}`)).status).toBe(403)
  })

  test('goes to colleagues as a test, never to the contact', async () => {
    const reader = await world.reader()
    const ses = fakeSes()
    const content = { subject: 'Hi {{ contact.name }}', html: '<p>{{ contact.name }}</p>', text: '{{ contact.name }}', defaults: {} }
    const test = { contactId: reader.id, userIds: [world.marketer.id, world.marketer.id] }

    const sent = await sendTest({ ...world.ctx, mail: ses.mail }, content, test)
    const stranger = sendTest({ ...world.ctx, mail: ses.mail }, content, { ...test, userIds: ['usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'] })

    await expect(stranger).rejects.toMatchObject({ code: 'test.not-a-colleague' })
    expect(sent).toEqual({ sent: 1 })
    expect(ses.taken).toMatchObject([
      { to: world.marketer.email, subject: `[Test] Hi ${reader.name}`, from: { email: 'news@harbour.example' } },
    ])
  })

  test('becomes plain text in one pass, whatever is left open', () => {
    const hostile = ['<!--', '<a href="', '<style', '<img alt="', '<'].map((part) => part.repeat(60_000 / part.length))
    const started = process.cpuUsage()

    for (const html of hostile) plainTextOf(html)

    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3_000)
  })
})
