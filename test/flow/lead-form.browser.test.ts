import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmUrl } from '../../domain/marketing/lead-form/form-links.ts'
import { callAs } from '../support/api.ts'
import { chromiumPath, openBrowser, sayWithoutBrowser } from '../support/browser.ts'
import { type MarketingWorld, marketingWorld } from '../support/marketing.ts'

sayWithoutBrowser()

const phone = { viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true }
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

describe.skipIf(!chromiumPath)('the page of a form for leads', () => {
  let world: MarketingWorld
  let browser: Browser
  let server: Server
  let form: { url: string }

  /** The API of this process, as a browser reaches it. */
  const serve = () =>
    createServer(async (request, response) => {
      let rawBody = ''
      for await (const chunk of request) rawBody += chunk
      const headers = { ...(request.headers as Record<string, string>), 'accept-encoding': '' }
      const answer = await callAs(world.tenant.id, undefined)(request.url!, { method: request.method!, headers, rawBody })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })

  beforeAll(async () => {
    ;[world, browser] = await Promise.all([marketingWorld(), openBrowser()])
    const body = {
      name: 'Fair',
      intro: 'Tell us what you need.\nWe answer within a day.',
      consentText: 'I want news of Harbour Tools by mail, and may take that back at any time.',
    }
    form = (await callAs(world.tenant.id, world.marketer)('/v1/lead-forms', { body })).body
    server = serve()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  it('is filled in, corrected and confirmed by hand, without script, on the smallest phone', async () => {
    const context = await browser.newContext({ ...phone, javaScriptEnabled: false })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`

    await page.goto(at(pathOf(form.url)))
    await page.getByLabel('Name').fill('Wang Fang')
    await page.getByLabel('E-mail').fill('wang@hengyuan.example')
    await page.getByLabel('Telephone').fill('call me')
    await page.getByLabel('I want news').check()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Please check what is marked.').waitFor()
    const kept = await page.getByLabel('Name').inputValue()
    const trap = await page.locator('input[name=homepage]').boundingBox()
    const ticked = await page.getByLabel('I want news').isChecked()
    await page.getByLabel('Telephone').fill('0512-6543 2100')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('heading', { name: 'Please look at your mail' }).waitFor()

    const call = callAs(world.tenant.id, world.marketer)
    const waiting = (await call('/v1/leads?filter[email]=wang@hengyuan.example')).body.data[0]
    await page.goto(at(pathOf(confirmUrl(world.ctx, { leadId: waiting.id, email: waiting.email }))))
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()

    const { status, phone: number, consent } = (await call(`/v1/leads/${waiting.id}`)).body
    expect([kept, ticked, trap!.x < -1000, overflow, waiting.status, status, number]).toEqual([
      'Wang Fang',
      true,
      true,
      0,
      'unconfirmed',
      'new',
      '0512-6543 2100',
    ])
    expect(consent.textVersion).toBe('v1')
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
    await context.close()
  })
})
