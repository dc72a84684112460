import PostalMime from 'postal-mime'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OutgoingMail } from '../../../domain/kernel/context.ts'
import { fileAnswer } from '../../../domain/kernel/file-answer.ts'
import { html, oneLine, toText } from '../../../domain/kernel/html.ts'
import { LiquidFault, parseText, renderText } from '../../../domain/platform/template/liquid-text.ts'
import { mailBytes } from '../../../functions/clients/mail.ts'
import { type Call, callAs } from '../../support/api.ts'
import { casesOf } from '../../support/cases.ts'
import { createFixture } from '../../support/fixtures.ts'
import { some } from '../../support/share.ts'
import { newTenant } from '../../support/tenant.ts'

/** What a template, a text in a template or a header must not do: run, reach anything, become markup, begin a line of its own. */
const cases = casesOf('attacks')
const braces = (inside: string) => `{{ ${inside} }}`
const dollar = '$'

const reaching = [
  'constructor',
  '__proto__',
  'prototype',
  'a.constructor',
  'a.constructor.constructor',
  'a["constructor"]',
  'a.__proto__.x',
  'a.toString',
]
const escapes = [
  ...reaching.map(braces),
  ...[
    'process.env',
    'process.env.AWS_SECRET_ACCESS_KEY',
    'global',
    'globalThis',
    'require',
    'this',
    'self',
    'env',
    'settings',
    'scope',
  ].map(braces),
  ...['a | constructor', 'a | __proto__', 'a | toString', 'a | valueOf', 'a | hasOwnProperty', 'a | raw', 'a | map: "constructor"'].map(
    braces,
  ),
  ...[
    'a | where: "__proto__", 1',
    'a | sort: "constructor"',
    'a | group_by: "constructor"',
    'list | map: "__proto__"',
    'list | first | json',
  ].map(braces),
  ...[
    'constructor',
    '__proto__',
    'toString',
    'include "x"',
    'render "/etc/passwd"',
    'layout "../../x"',
    'block x',
    'liquid',
    'tablerow i in a',
  ].map((tag) => `{% ${tag} %}`),
  ...[
    '{% include "../../../../etc/passwd" %}',
    "{% render 'file:///etc/passwd' %}",
    '{% assign __proto__ = 1 %}{{ x }}',
    '{% capture constructor %}x{% endcapture %}',
  ],
  ...[
    '{% for i in a.constructor %}{{ i }}{% endfor %}',
    '{% assign x = a.constructor %}{{ x }}',
    '{% if a.constructor %}reached{% endif %}',
    '{{ "x" | append: a.constructor }}',
  ],
  ...[
    '{% unless a.constructor %}{% else %}reached{% endunless %}',
    '{%- comment -%}{{ process }}{%- endcomment -%}',
    `${dollar}{7*7}`,
    '<%= 7*7 %>',
    '#{7*7}',
    '*{7*7}',
  ],
]
const endless = [
  '{% for i in (1..1000000000) %}x{% endfor %}',
  '{% for i in (1..99999) %}{% for j in (1..99999) %}x{% endfor %}{% endfor %}',
  '{% assign s = "aaaaaaaa" %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
  '{% assign s = "a,b,c" | split: "," %}{% for i in (1..60) %}{% assign s = s | concat: s %}{% endfor %}{{ s }}',
  '{{ "a" | times: 1e308 }}{{ 1 | divided_by: 0 }}',
  '{{ "x" | rjust: 999999999 }}',
  `{{ "x" | replace: "", "${'y'.repeat(1000)}" }}`,
  '{% if '.repeat(500),
  '{{'.repeat(5000),
  `{% if a ${'and a '.repeat(3000)}%}x{% endif %}`,
]
const forbidden = /native code|reached|AWS_|root:|function |local$/i

function outcomeOf(text: string, use: 'line' | 'page' | 'html', values: Record<string, unknown>): string {
  try {
    return renderText(parseText(text, use), values, use)
  } catch (error) {
    expect(error).toBeInstanceOf(LiquidFault)
    return ''
  }
}

describe('a template', () => {
  test.each(some(escapes, 20))('%s reaches nothing', async (text) => {
    for (const use of ['line', 'page', 'html'] as const)
      await cases.check('template injection', `${use} ${text}`, () => {
        expect(outcomeOf(text, use, { a: { b: 1 }, list: [{ b: 1 }] })).not.toMatch(forbidden)
      })
  })

  test.each(some(endless, 3))('%s ends', async (text) => {
    const begun = process.cpuUsage().user
    await cases.check('template bombs', text.slice(0, 80), () => {
      expect(outcomeOf(text, 'page', { a: { b: 1 } }).length).toBeLessThan(2_000_000)
      // Microseconds: what runs on takes until the time of the test is over.
      expect(process.cpuUsage().user - begun).toBeLessThan(20_000_000)
    })
  })

  test.each(some(escapes, 10))('filled with %s shows it as it stands', async (text) => {
    await cases.check('template injection', `as a value: ${text}`, () => {
      expect(outcomeOf('{{ a }}', 'line', { a: text })).toBe(text)
      expect(outcomeOf('{{ a }}', 'html', { a: `<b>${text}` })).not.toContain('<b>')
      expect(toText(html`<p title="${`"${text}`}">${text}</p>`)).toMatch(/^<p title="[^<>"]*">[^<>"]*<\/p>$/)
    })
  })
})

const breaks = ['\r\n', '\n', '\r', '\u0085', '\u2028', '\u2029', '%0d%0a', '\\r\\n', '\u0000\r\n', '\u560d\u560a', '\r\n\t', '\r\n ']
const headers = [
  'Bcc: victim@elsewhere.example',
  'Content-Type: text/html',
  'Set-Cookie: a=b',
  '\r\n<script>alert(1)</script>',
  'Location: https://evil.example',
]
const lines = breaks.flatMap((line) => headers.map((header) => `x${line}${header}`))
const mail: OutgoingMail = {
  deliveryId: 'd',
  tenantId: 't',
  from: { name: 'x' },
  to: 'reader@firm.example',
  subject: 'News',
  html: '<p>x</p>',
  text: 'x',
}
const sent = ['bcc', 'set-cookie', 'location']

describe('a header', () => {
  test.each(some(lines, 6))('of a mail takes no second line from %j', async (text) => {
    const given = { ...mail, subject: oneLine(text, 200) }
    const from = { name: text, address: 'news@harbour.example' }
    for (const attachments of [[], [{ filename: text, contentType: 'application/pdf', content: Buffer.from('x') }]]) {
      const raw = await mailBytes({ ...given, attachments }, from).catch(() => undefined)
      const read = raw && (await PostalMime.parse(raw))

      await cases.check('CRLF in headers', `mail ${JSON.stringify(text)}`, () => {
        // Refused before it is sent.
        if (!read) return expect(text).toMatch(/[\r\n\0]/)
        expect(read.headers.map(({ key }) => key).filter((key) => sent.includes(key))).toEqual([])
        expect([read.from?.address, read.to?.map(({ address }) => address)]).toEqual(['news@harbour.example', ['reader@firm.example']])
        expect(read.attachments).toHaveLength(attachments.length)
      })
    }
  })

  test.each(some(lines, 6))('of an answer takes no second line from %j', async (text) => {
    const firm = await shared()
    const answers = [
      await firm.call('/v1/me', { headers: { 'x-request-id': text } }),
      await firm.call(`/v1/quotes/${firm.quoteId}/document?format=html&debug=${encodeURIComponent(text.toWellFormed())}`),
      await firm.call(`/v1/customers/${encodeURIComponent(text.toWellFormed())}`),
      await firm.call('/v1/pools', { method: 'POST', body: { name: text }, headers: { 'idempotency-key': text } }),
    ]
    const name = fileAnswer({ name: text, contentType: 'text/plain', content: 'x' })

    await cases.check('CRLF in headers', `answer ${JSON.stringify(text)}`, () => {
      for (const { headers: given, status } of answers) {
        expect(status).toBeLessThan(500)
        for (const value of Object.values(given)) expect(String(value)).not.toMatch(/[\r\n]/)
        expect(Object.keys(given).filter((key) => ['bcc', 'set-cookie'].includes(key.toLowerCase()))).toEqual([])
      }
      expect(name).toBeDefined()
    })
  })

  let firm: { call: Call; quoteId: string } | undefined
  const shared = async () => {
    if (firm) return firm
    const tenant = await newTenant()
    const call = callAs(tenant.id, tenant.admin)
    firm = { call, quoteId: (await createFixture(call, 'quotes')).id }
    return firm
  }
})

const markup = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '<svg/onload=alert(1)>',
  '</title><script>x</script>',
  'javascript:alert(1)',
  '&lt;script&gt;',
  '<!--',
  ']]>',
  '<a href="//evil.example">',
  '\u003cscript\u003e',
  '<math><mi//xlink:href="data:x,<script>">',
  '<style>*{}</style>',
  '<iframe srcdoc="x">',
  '<base href="//evil.example">',
  '<meta http-equiv="refresh">',
]

describe('a page', () => {
  let call: Call
  let form: string

  beforeAll(async () => {
    const tenant = await newTenant()
    call = callAs(tenant.id, tenant.admin)
    const { body } = await call('/v1/lead-forms', {
      method: 'POST',
      body: { name: 'Fair', fields: [{ name: 'company', required: true }, { name: 'email' }, { name: 'message' }] },
    })
    form = /\/f\/.+$/.exec(body.url ?? '')?.[0] ?? ''
  })

  test.each(some(markup, 4))('shows %s as it was typed', async (text) => {
    const typed = new URLSearchParams({ message: text, company: '', name: text, email: text }).toString()
    const answer = await call(form, { method: 'POST', rawBody: typed, headers: { 'content-type': 'application/x-www-form-urlencoded' } })

    await cases.check('markup in pages', text, () => {
      expect(form).toMatch(/^\/f\//)
      expect(answer.status).toBeLessThan(500)
      if (/[<>"]/.test(text)) expect(String(answer.body)).not.toContain(text)
    })
  })
})
