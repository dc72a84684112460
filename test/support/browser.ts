import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

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
