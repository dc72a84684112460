import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core'
import type { TestServer } from './server.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where this machine has a Chromium; undefined when it has none. */
export const chromiumPath: string | undefined = places.find((path) => existsSync(path))

/** Why tests with a browser are skipped, said once for each file of them. */
export function sayWithoutBrowser(): void {
  if (!chromiumPath) console.log(`Skipped: no Chromium at ${places.join(', ')}. On Debian: apt install chromium.`)
}

/** A real browser that calls nobody by itself. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  })

export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
export const desk = { viewport: { width: 1280, height: 900 } }

/** A page as somebody opens it who has its link: what the browser complains of, and what the page asks of others than our server. */
export async function openPage(browser: Browser, server: TestServer, link: string, device: BrowserContextOptions) {
  const context = await browser.newContext(device)
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: string[] = []
  const elsewhere: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on(
    'request',
    (request) => !request.url().startsWith(server.url) && !request.url().startsWith('data:') && elsewhere.push(request.url()),
  )
  await page.goto(link)
  return { page, complaints, elsewhere, context }
}
