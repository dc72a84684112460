import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suppressedAmong } from '../../domain/marketing/suppression/suppression.table.ts'
import { everything, listScope } from '../../domain/marketing/suppression/suppression.ts'
import { unsubscribeToken } from '../../domain/marketing/unsubscribe/link.ts'
import { callAs } from '../support/api.ts'
import { chromiumPath, openBrowser, sayWithoutBrowser } from '../support/browser.ts'
import { type MarketingWorld, marketingWorld } from '../support/marketing.ts'

sayWithoutBrowser()

const phone = { viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true }

describe.skipIf(!chromiumPath)('the page behind an unsubscribe link', () => {
  let world: MarketingWorld
  let browser: Browser
  let server: Server

  /** The API of this process, as a browser reaches it. */
  const serve = () =>
    createServer(async (request, response) => {
      let rawBody = ''
      for await (const chunk of request) rawBody += chunk
      const headers = request.headers as Record<string, string>
      const method = request.method!
      const answer = await callAs(world.tenant.id, undefined)(request.url!, {
        method,
        headers: { ...headers, 'accept-encoding': '' },
        rawBody,
      })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })

  beforeAll(async () => {
    ;[world, browser] = await Promise.all([
      marketingWorld({
        mailingLists: [
          { key: 'news', name: 'News' },
          { key: 'fairs', name: 'Fairs' },
        ],
      }),
      openBrowser(),
    ])
    server = serve()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  async function opened(options: { javaScriptEnabled?: boolean } = {}) {
    const reader = await world.reader()
    const context = await browser.newContext({ ...phone, ...options })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    const token = unsubscribeToken(world.ctx, { email: reader.email!, contactId: reader.id })
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/u/${token}`)
    const refused = async (scope: string) => (await suppressedAmong(world.ctx, [reader.email!], [scope])).size > 0
    return { page, complaints, refused, close: () => context.close() }
  }

  it('takes a no, without script, and gives the way back', async () => {
    const { page, refused, close } = await opened({ javaScriptEnabled: false })

    const before = await refused(everything)
    await page.getByRole('button', { name: 'Unsubscribe from all' }).click()
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor()
    const after = await refused(everything)
    await page.getByRole('link', { name: 'Back to your preferences' }).click()
    await page.getByRole('button', { name: 'Subscribe again' }).click()
    await page.getByRole('heading', { name: 'You are subscribed again' }).waitFor()

    expect([before, after, await refused(everything)]).toEqual([false, true, false])
    await close()
  })

  it('keeps the lists that are ticked, fits the smallest phone, and loads nothing else', async () => {
    const { page, complaints, refused, close } = await opened()

    await page.getByRole('checkbox', { name: 'Fairs' }).uncheck()
    await page.getByRole('button', { name: 'Save my choice' }).click()
    await page.getByRole('heading', { name: 'Saved' }).waitFor()
    await page.getByRole('link', { name: 'Back to your preferences' }).click()
    const ticked = await page.getByRole('checkbox', { name: 'Fairs' }).isChecked()
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

    expect([ticked, await refused(listScope('fairs')), await refused(listScope('news')), overflow]).toEqual([false, true, false, 0])
    expect(complaints).toEqual([])
    await close()
  })
})
