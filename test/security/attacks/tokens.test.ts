import { beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../../domain/kernel/context.ts'
import { confirmUrl } from '../../../domain/marketing/lead-form/form-links.ts'
import { clickBase } from '../../../domain/marketing/response/click-link.ts'
import { unsubscribeUrl } from '../../../domain/marketing/unsubscribe/link.ts'
import { linkTo } from '../../../domain/reminders/follow-up-page/link.ts'
import { quoteLink } from '../../../domain/sales/quote/quote-link.ts'
import { statementLink } from '../../../domain/sales/statement/statement-link.ts'
import { measure } from '../../../domain/store/capacity.ts'
import { type Answer, type Call, callAs } from '../../support/api.ts'
import { casesOf } from '../../support/cases.ts'
import { createFixture } from '../../support/fixtures.ts'
import { isLarge, seed, some } from '../../support/share.ts'
import { leaksIn, randomId, watched } from '../../support/strangers.ts'
import { newTenant } from '../../support/tenant.ts'

/** Links that anybody may hold, and cursors: with one byte otherwise, cut, or of another firm or page they open nothing. */
const cases = casesOf('attacks')

let call: Call
let theirs: Set<string>
/** The links of both firms, by the letter of their page. */
let links: Record<string, string>
let foreignLinks: Record<string, string>

async function linksOf(ctx: Context, call: Call): Promise<Record<string, string>> {
  const [quote, contact] = [await createFixture(call, 'quotes'), await createFixture(call, 'contacts')]
  const customerId = quote.customerId!
  const period = { customerId, from: '2026-10-01', to: '2026-10-31', currency: 'CNY' }
  const urls = {
    q: quoteLink(ctx, { id: quote.id, validUntil: '2026-12-31' }),
    s: statementLink(ctx, period, ctx.now()),
    r: linkTo(ctx, ctx.actor.userId!, customerId),
    u: unsubscribeUrl(ctx, { email: 'reader@harbour.example', contactId: contact.id }),
    l: confirmUrl(ctx, { leadId: randomId('led'), email: 'lead@harbour.example' }),
    c: `${clickBase(ctx, { campaignId: randomId('cmp'), delivery: '0.1' })}/0`,
  }
  return Object.fromEntries(Object.entries(urls).map(([page, url]) => [page, /\/[a-z]\/[^/].*$/.exec(url)![0]]))
}

beforeAll(async () => {
  const [firm, foreign] = [await newTenant(), await newTenant()]
  const stranger = watched(callAs(foreign.id, foreign.admin))
  call = callAs(firm.id, firm.admin)
  links = await linksOf(await firm.as(firm.admin), call)
  foreignLinks = await linksOf(await foreign.as(foreign.admin), stranger.call)
  theirs = stranger.seen
})

/** Every way to spoil a text: each byte changed, each left out, cut in front and behind, doubled, and in other writings. */
function spoiled(text: string): string[] {
  const places = some(
    Array.from(text, (_, at) => at),
    10,
  )
  const other = (at: number) => (text[at] === 'A' ? 'B' : 'A')
  const [head = '', tail = ''] = text.split('.')
  return [
    ...places.map((at) => text.slice(0, at) + other(at) + text.slice(at + 1)),
    ...places.map((at) => text.slice(0, at) + text.slice(at + 1)),
    ...places.map((at) => text.slice(0, at) + other(at) + text.slice(at)),
    ...[
      head,
      `${head}.`,
      `.${tail}`,
      `${tail}.${head}`,
      `${text}.${tail}`,
      text + text,
      text.toLowerCase(),
      text.slice(0, -8),
      '.',
      '%00',
      '%2e',
    ],
    ...['null', 'undefined', 'e30.', 'W10.', `${text}%00`, `${text}%0d%0a`, 'a'.repeat(4000)],
  ].filter((one) => one !== text && !isSameBytes(one, text))
}

/** The last character of base64url holds bits that count for nothing. */
const isSameBytes = (one: string, text: string) =>
  one.split('.').length === text.split('.').length &&
  one.split('.').every((part, at) => Buffer.from(part, 'base64url').equals(Buffer.from(text.split('.')[at]!, 'base64url'))) &&
  one.length === text.length

const wroteIn = (spent: { byCommand: Record<string, unknown> }) =>
  Object.keys(spent.byCommand).filter((command) => /Transact|Put|Delete/.test(command))

async function opensNothing(name: string, path: string): Promise<void> {
  for (const method of ['GET', 'POST']) {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const request = { method, headers: form, ...(method === 'POST' ? { rawBody: 'List-Unsubscribe=One-Click&action=accept&name=x' } : {}) }
    const { result, spent } = await measure(() => call(path, request))
    await cases.check('tokens of links', `${name}: ${method} ${path}`, () => {
      expect([400, 404, 405, 410, 414], String(result.body).slice(0, 200)).toContain(result.status)
      expect(wroteIn(spent)).toEqual([])
      expect(leaksIn(result, theirs)).toEqual([])
    })
  }
}

describe(`the link of page /%s, seed ${seed}`, () => {
  test.each(['q', 's', 'r', 'u', 'l', 'c'])('/%s opens by its own letters alone', async (page) => {
    const [, , token = '', ...rest] = links[page]!.split('/')

    for (const one of spoiled(token)) await opensNothing('spoiled', ['', page, one, ...rest].join('/'))
  })

  test.each(['q', 's', 'r', 'u', 'l', 'c'])('/%s opens by no link of another page, nor with the head of another firm', async (page) => {
    const others = Object.entries(links).filter(([other]) => other !== page)
    const rest = links[page]!.split('/').slice(3)
    for (const [, path] of others) await opensNothing('of another page', ['', page, path.split('/')[2], ...rest].join('/'))

    const [head, tail] = [foreignLinks[page]!.split('/')[2]!.split('.')[0], links[page]!.split('/')[2]!.split('.')[1]]
    await opensNothing('of another firm', ['', page, `${head}.${tail}`, ...rest].join('/'))
  })
})

describe('a cursor', () => {
  const paths = ['/v1/customers', '/v1/contacts', '/v1/events', '/v1/products', '/v1/quotes', '/v1/users']

  beforeAll(async () => {
    for (const noun of ['customers', 'contacts', 'products', 'quotes', 'users']) for (let n = 0; n < 2; n++) await createFixture(call, noun)
  })

  test.each(some(paths, 1))('of %s is taken as it was given alone', async (path) => {
    const next: string = (await call(`${path}?limit=1`)).body.page.next
    const refused = async (query: string, name: string) => {
      const answer: Answer = await call(`${path}?limit=1&cursor=${query}`)
      await cases.check('cursor tampering', `${path} ${name}`, () =>
        expect(answer).toMatchObject({ status: 400, body: { code: expect.stringMatching(/^(cursor|query)\./) } }),
      )
    }

    for (const one of spoiled(next)) await refused(one, one)
    for (const other of isLarge ? paths.filter((one) => one !== path) : []) {
      const strange: string = (await call(`${other}?limit=1`)).body.page.next
      await refused(strange, `cursor of ${other}`)
    }
  })
})
