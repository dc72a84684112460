import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Country, Email, ExternalId, line, Phone, paragraph } from '../../../domain/kernel/text.ts'

const fits = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) => schema.safeParse(value).success

describe('a line', () => {
  test('is trimmed, and holds what people write', () => {
    expect(line(20).parse('  明辉贸易 (Shanghai) \t')).toBe('明辉贸易 (Shanghai)')
    for (const text of ['Ünïcödé', '😀', "O'Brien & Söhne <GmbH>", '#1', '=1+1', 'Ａ社']) expect(line(40).parse(text)).toBe(text)
  })

  test('has something to be seen in it', () => {
    for (const text of ['\u200b', '\u2060\u200d', '\u3164', '\u200e \u200f'])
      expect({ text, fits: [fits(line(20), text), fits(paragraph(20), text)] }).toEqual({ text, fits: [false, false] })
  })

  test('holds no line break, control character, half a character, or what turns the direction of reading', () => {
    const bad = [
      'a\nb',
      'a\rb',
      'a\tb',
      'a\u2028b',
      'a\u0000',
      'a\u001b[31m',
      'a\u007f',
      'a\u0085',
      'a\uffff',
      'a\ud800',
      '\udc00a',
      'a\u202eb',
      'a\u2069b',
    ]

    for (const text of bad) expect({ text, fits: fits(line(40), text) }).toEqual({ text, fits: false })
  })

  test('whatever goes in, what comes out is one clean line of limited length, and goes in again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        const parsed = line(30).safeParse(text)
        fc.pre(parsed.success)

        expect(parsed.data).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\ufffe\uffff]/u)
        expect(parsed.data!.length).toBeLessThanOrEqual(30)
        expect(parsed.data!.isWellFormed()).toBe(true)
        expect(line(30).parse(parsed.data)).toBe(parsed.data)
      }),
      { numRuns: 1000 },
    )
  })

  test.each(['', '   ', '\u00a0', 7, null, true, [], {}])('%j is none', (value) => {
    expect(fits(line(40), value)).toBe(false)
  })
})

test('a paragraph has line breaks and tabs, and nothing else that cannot be seen', () => {
  expect(fits(paragraph(40), 'a\n\tb\r\nc')).toBe(true)
  expect(fits(paragraph(40), 'a\u000bb')).toBe(false)
  expect(fits(paragraph(5), '123456')).toBe(false)
})

describe('an e-mail address', () => {
  test('is kept in small letters', () => {
    expect(Email.parse(' Li.Lei+CRM@Example.COM ')).toBe('li.lei+crm@example.com')
  })

  test.each([
    'a',
    'a@b',
    '@b.example',
    'a@',
    'a@@b.example',
    'a b@c.example',
    '"a b"@c.example',
    'a@[127.0.0.1]',
    'a@b.example\r\nBcc: c@d.example',
    'a@-b.example',
    'a@b..example',
    'a@b.e',
    `${'x'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
    '关@例.公司',
  ])('%j is none', (text) => {
    expect(fits(Email, text)).toBe(false)
  })

  test('is judged in time that does not grow with malice', () => {
    const started = process.cpuUsage()

    for (const text of [`${'a'.repeat(64)}@${'a-'.repeat(90)}`, `a@${'a.'.repeat(120)}`, `${'a'.repeat(250)}`])
      expect(fits(Email, text)).toBe(false)

    expect(process.cpuUsage(started).user).toBeLessThan(200_000)
  })
})

test('phones are as people write them, and begin like one', () => {
  for (const phone of ['021-6543 2100', '+86 138 1790 2211', '(0755) 8888-0000 x12', '8888转12', '400,1'])
    expect(fits(Phone, phone)).toBe(true)
  for (const phone of ['12', 'call me', '=cmd|calc', '@12345', '138\n1790', '1'.repeat(41)]) expect(fits(Phone, phone)).toBe(false)
})

test('countries are two letters, external ids anything on one line', () => {
  expect([fits(Country, 'CN'), fits(Country, 'cn'), fits(Country, 'CHN'), fits(Country, '')]).toEqual([true, false, false, false])
  expect([fits(ExternalId, 'ERP#4711/甲'), fits(ExternalId, 'x'.repeat(256)), fits(ExternalId, '')]).toEqual([true, false, false])
})
