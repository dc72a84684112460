import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { filled } from '../../../domain/finance/dunning/dunning-texts.ts'
import { html, oneLine, toText } from '../../../domain/kernel/html.ts'
import { Country, Email, line, Phone, paragraph } from '../../../domain/kernel/text.ts'
import { plainTextOf } from '../../../domain/marketing/message-template/plain-text.ts'
import { mayFail } from '../../../domain/marketing/message-template/trial.ts'
import { readAsked } from '../../../domain/marketing/unsubscribe/read-form.ts'
import { wordsOf } from '../../../domain/parties/duplicate/fold-text.ts'
import { normaliseName } from '../../../domain/parties/duplicate/normalise-name.ts'
import { neutralText } from '../../../domain/platform/sheet/neutral-text.ts'
import { sheets } from '../../../functions/sheets.ts'
import { type Call, callAs, operations } from '../../support/api.ts'
import { casesOf } from '../../support/cases.ts'
import { bodySchemaOf, document } from '../../support/documented.ts'
import { placesOf } from '../../support/places.ts'
import { isLarge, some } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'

/** Bodies, queries and texts that are made to take long or to take room. */
const cases = casesOf('attacks')

let firm: TestTenant
let call: Call

beforeAll(async () => {
  firm = await newTenant()
  call = callAs(firm.id, firm.admin)
})

const nest = (open: string, close: string, deep: number) => open.repeat(deep) + close.repeat(deep)
const tree = (deep: number): object => (deep === 0 ? { field: 'name', op: 'eq', value: 'x' } : { and: [tree(deep - 1)] })
const wide = (many: number) => ({ or: Array.from({ length: many }, (_, n) => ({ field: 'name', op: 'contains', value: `x${n}` })) })
const search = (where: object) => JSON.stringify({ where })
const megabyte = 1024 * 1024

/** A body for a path, and how it is refused: a status, or one of several. */
const bodies: [name: string, path: string, rawBody: () => string, statuses: number[]][] = [
  ...[33, 100, 1000, 10_000, 100_000, 500_000].map((deep): (typeof bodies)[number] => [
    `lists ${deep} deep`,
    '/v1/customers',
    () => `{"name":"x","tags":${nest('[', ']', deep)}}`,
    [413, 422],
  ]),
  ...[33, 1000, 100_000].map((deep): (typeof bodies)[number] => [
    `objects ${deep} deep`,
    '/v1/customers',
    () => `{"name":"x","billing":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`,
    [413, 422],
  ]),
  ['unclosed lists', '/v1/customers', () => '['.repeat(megabyte - 10), [400, 422]],
  ['unclosed objects', '/v1/customers', () => '{"a":'.repeat(200_000), [400, 422]],
  ['an unclosed text', '/v1/customers', () => `{"name":"${'\\"'.repeat(500_000)}`, [400]],
  ['a body of a megabyte and a byte', '/v1/customers', () => `{"name":"${'x'.repeat(megabyte)}"}`, [413]],
  ['20 megabytes', '/v1/customers', () => `{"name":"${'x'.repeat(20 * megabyte)}"}`, [413]],
  ['characters of four bytes', '/v1/customers', () => `{"name":"${'😀'.repeat(262_200)}"}`, [413]],
  ['escapes that grow', '/v1/customers', () => `{"name":"${'\\u4e2d'.repeat(150_000)}"}`, [422]],
  ['a name of 900,000 spaces', '/v1/customers', () => `{"name":"a${' '.repeat(900_000)}b"}`, [422]],
  ['one property 100,000 times', '/v1/customers', () => `{${'"name":"x",'.repeat(90_000)}"name":"x","colour":1}`, [422]],
  ['100,000 properties', '/v1/customers', () => `{"name":"x",${Array.from({ length: 80_000 }, (_, n) => `"p${n}":1`).join()}}`, [422]],
  ['a list of 1,001', '/v1/customers', () => JSON.stringify({ name: 'x', tags: Array(1001).fill('a') }), [422]],
  ['a list of 400,000', '/v1/customers', () => JSON.stringify({ name: 'x', tags: Array(200_000).fill('a') }), [422]],
  ['a number of 100,000 digits', '/v1/customers', () => `{"name":"x","holdWhenOverdueDays":${'9'.repeat(100_000)}}`, [422]],
  ['a number beyond all', '/v1/customers', () => '{"name":"x","holdWhenOverdueDays":1e999999999}', [422]],
  [
    'an amount of 100,000 digits',
    '/v1/customers',
    () => JSON.stringify({ name: 'x', creditLimit: { amount: '9'.repeat(100_000), currency: 'CNY' } }),
    [422],
  ],
  [
    'an amount with an exponent',
    '/v1/customers',
    () => JSON.stringify({ name: 'x', creditLimit: { amount: '1e1000000', currency: 'CNY' } }),
    [422],
  ],
  ['a batch of 1,001', '/v1/customers/batch', () => JSON.stringify({ items: Array(1001).fill({ name: 'x' }) }), [422]],
  [
    'a batch of batches',
    '/v1/customers/batch',
    () => JSON.stringify({ items: Array(900).fill({ items: Array(900).fill(1) }) }),
    [413, 422],
  ],
  ...[10, 20, 30, 32, 60].map((deep): (typeof bodies)[number] => [
    `a search ${deep} deep`,
    '/v1/customers/search',
    () => search(tree(deep)),
    [200, 422],
  ]),
  ...[50, 100, 500, 1000, 1001].map((many): (typeof bodies)[number] => [
    `a search for ${many} things`,
    '/v1/customers/search',
    () => search(wide(many)),
    [200, 422],
  ]),
  [
    'a search among 1,000 texts',
    '/v1/customers/search',
    () => search({ field: 'name', op: 'in', value: Array(1000).fill('x'.repeat(200)) }),
    [200, 422],
  ],
  ['a search for a text of 200,000', '/v1/customers/search', () => JSON.stringify({ text: 'x '.repeat(100_000) }), [422]],
  ['a segment 30 deep', '/v1/segments/preview', () => search(tree(30)), [200, 422]],
  [
    'a mail of 900,000 letters',
    '/v1/message-templates',
    () => JSON.stringify({ name: 'x', kind: 'campaign', locale: 'en', subject: 'x', mjml: 'x'.repeat(900_000) }),
    [422],
  ],
  [
    '5,000 elements of MJML in one another',
    '/v1/message-templates',
    () => JSON.stringify({ name: 'x', kind: 'campaign', locale: 'en', subject: 'x', mjml: nest('<mj-text>', '</mj-text>', 2500) }),
    [422],
  ],
  [
    'a document of 1,000 blocks',
    '/v1/document-templates',
    () => JSON.stringify({ name: 'x', kind: 'quote', layout: { blocks: Array(1000).fill({ type: 'space', height: 9999 }) } }),
    [422],
  ],
  [
    'rules in 1,000 steps',
    '/v1/lead-rules',
    () => JSON.stringify({ scoring: Array(1000).fill({ name: 'x', points: 1, where: tree(20) }) }),
    [404, 405, 413, 422],
  ],
]

describe('a body', () => {
  test.each(some(bodies, 10))('with %s is answered within bounds', async (name, path, rawBody, statuses) => {
    const sent = rawBody()
    const begun = process.cpuUsage().user
    const answer = await call(path, { method: 'POST', rawBody: sent })

    await cases.check('bombs in bodies', name, () => {
      expect(statuses, `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`).toContain(answer.status)
      expect(process.cpuUsage().user - begun).toBeLessThan(10_000_000)
    })
  })

  test('that is packed is not unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(50 * megabyte, 0x20)).toString('latin1')
    const answer = await call('/v1/customers', { method: 'POST', rawBody: packed, headers: { 'content-encoding': 'gzip' } })

    await cases.check('bombs in bodies', 'gzip', () => expect([400, 413, 415]).toContain(answer.status))
  })
})

const queries = [
  ['10,000 parameters', Array.from({ length: 10_000 }, (_, n) => `p${n}=1`).join('&')],
  ['10,000 filters', Array.from({ length: 10_000 }, (_, n) => `filter[f${n}]=1`).join('&')],
  ['a name of 100,000 letters', `${'x'.repeat(100_000)}=1`],
  ['a value of 100,000 letters', `filter[externalId]=${'x'.repeat(100_000)}`],
  ['10,000 values', `filter[ownerId][in]=${Array.from({ length: 10_000 }, (_, n) => `u${n}`).join()}`],
  ['10,000 brackets', `filter${'['.repeat(10_000)}=1`],
  ['10,000 sorts', `sort=${'name,'.repeat(10_000)}`],
  ['a limit of 10,000 digits', `limit=${'9'.repeat(10_000)}`],
  ['a cursor of 100,000 letters', `cursor=${'A'.repeat(100_000)}`],
  ['100,000 percent signs', `filter[externalId]=${'%25'.repeat(30_000)}`],
] as const

test.each(some(queries, 3))('a query with %s is answered within bounds', async (name, query) => {
  const answer = await call(`/v1/customers?${query}`)

  await cases.check('bombs in queries', name, () => expect([200, 400]).toContain(answer.status))
})

/** Texts that make patterns with more than one way through try them all. */
const evil: [name: string, of: (size: number) => string][] = [
  ['one letter', (size) => 'a'.repeat(size)],
  ['one letter and another kind', (size) => `${'a'.repeat(size)}!`],
  ['digits', (size) => `${'1'.repeat(size)}x`],
  ['spaces', (size) => `x${' '.repeat(size)}x`],
  ['line breaks', (size) => `${'\r\n'.repeat(size / 2)}x`],
  ['dots and letters', (size) => `${'a.'.repeat(size / 2)}@`],
  ['at signs', (size) => 'a@'.repeat(size / 2)],
  ['hyphens', (size) => `${'a-'.repeat(size / 2)}_`],
  ['brackets', (size) => `${'<a '.repeat(size / 3)}`],
  ['quotes', (size) => `<a ${'href="'.repeat(size / 6)}`],
  ['braces', (size) => '{{ '.repeat(size / 3)],
  ['ampersands', (size) => '&amp'.repeat(size / 4)],
  ['commas and digits', (size) => '1,'.repeat(size / 2)],
  ['Han', (size) => '关系'.repeat(size / 2)],
  ['parts of forms', (size) => 'name="List-Unsubscribe"\r\nx\r\n'.repeat(size / 28)],
  ['an opening brace and spaces', (size) => `{{${' '.repeat(size)}`],
  ['an opening brace and letters', (size) => `{{${'a'.repeat(size)}`],
  ['combining marks', (size) => `a${'\u0301'.repeat(size)}`],
]

/** What reads texts of callers, whatever their length. */
const readers: [name: string, read: (text: string) => unknown][] = [
  ...(
    [
      ['line', line(200)],
      ['paragraph', paragraph(200)],
      ['e-mail', Email],
      ['phone', Phone],
      ['country', Country],
    ] as const
  ).map(([name, schema]): (typeof readers)[number] => [name, (text) => schema.safeParse(text)]),
  ['plain text of HTML', plainTextOf],
  ['a trial of a mail', (text) => mayFail({ subject: text, html: text, text })],
  ['words of a name', (text) => wordsOf(text)],
  ['a name', (text) => normaliseName(text)],
  ['an answer to an unsubscribe link', (body) => readAsked({ form: {}, body, contentType: 'multipart/form-data; boundary=x' })],
  ['a text of a dunning letter', (text) => filled(text, { firm: 'x' })],
  ['a cell that is written', neutralText],
  ['a line of a header', (text) => oneLine(text, 200)],
  ['HTML', (text) => toText(html`<p>${text}</p>`)],
]

const milliseconds = (read: () => unknown): number => {
  const begun = process.cpuUsage()
  try {
    read()
  } catch {
    // Refused.
  }
  const { user } = process.cpuUsage(begun)
  return user / 1000
}

/** Four times the text may take some more than four times the time, not sixteen; the least of three, since others use the machine. */
function expectLinear(read: (text: string) => unknown, of: (size: number) => string): void {
  const least = (size: number) => Math.min(...[1, 2, 3].map(() => milliseconds(() => read(of(size)))))
  const long = least(64_000)
  if (long > 40) expect(long / Math.max(least(16_000), 1)).toBeLessThan(11)
}

describe('a pattern takes no longer than its text is long', () => {
  test.each(readers)('%s', async (name, read) => {
    for (const [shape, of] of some(evil, 3)) await cases.check('ReDoS', `${name}: ${shape}`, () => expectLinear(read, of))
  })

  test('in every column of every sheet', async () => {
    const ctx = await firm.as(firm.admin)
    const readable = sheets.flatMap(({ kind, fields }) =>
      fields.flatMap(({ name, read }) => (read ? [[`${kind.name} ${name}`, read] as const] : [])),
    )
    const distinct = [...new Map(readable.map(([name, read]) => [read, name])).entries()]
    for (const [read, name] of some(distinct, 3))
      for (const [shape, of] of some(evil, 3))
        await cases.check('ReDoS', `${name}: ${shape}`, () => expectLinear((text) => read(ctx, text), of))
  })

  test('in every pattern of the document', async () => {
    const schemas = operations.filter((route) => route.body).flatMap((route) => placesOf(document, bodySchemaOf(route), () => true))
    const patterns = [...new Set(schemas.flatMap(({ schema }) => (schema.pattern ? [schema.pattern as string] : [])))]
    for (const pattern of some(patterns, 5)) {
      const expression = new RegExp(pattern)
      for (const [shape, of] of some(evil, 3))
        await cases.check('ReDoS', `${pattern}: ${shape}`, () => expectLinear((text) => expression.test(text), of))
    }

    expect(patterns.length).toBeGreaterThan(isLarge ? 10 : 0)
  })
})
