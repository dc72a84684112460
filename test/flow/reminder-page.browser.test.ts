import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../domain/kernel/dates.ts'
import { chromiumPath, openBrowser, sayWithoutBrowser } from '../support/browser.ts'
import { customerOf, linksIn, openFirm, type Person } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

sayWithoutBrowser()

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** A customer for each test, all due today in one mail to one rep. */
const tests = ['log', 'twice', 'postpone', 'plain', 'narrow'] as const

describe.skipIf(!chromiumPath)('the page of a digest on a phone', () => {
  const server = sharedServer()
  let browser: Browser
  let rep: Person
  let today: string
  const mailed = new Map<string, { id: string; link: string }>()

  beforeAll(async () => {
    browser = await openBrowser()
    const firm = await openFirm(server, 'Northwind', 'en')
    today = firm.today
    rep = await firm.person({ name: 'Nancy', email: 'nancy@northwind.example', roles: ['rep'] })
    for (const [i, name] of tests.entries()) {
      const id = await customerOf(rep, { name: `Customer ${name}`, phones: [`+43 7675-342${5 + i}`] }, today, `For ${name}`)
      mailed.set(name, { id, link: '' })
    }
    await firm.remind()
    const [mail] = await firm.mails(rep.email)
    for (const name of tests) mailed.get(name)!.link = linksIn({ ...mail!, text: mail!.text.slice(mail!.text.indexOf(`For ${name}`)) })[0]!
  })

  afterAll(() => browser?.close())

  /** The page that a link in the mail opens. What the browser complains of is kept. */
  async function mailedPage(name: (typeof tests)[number], options: { javaScriptEnabled?: boolean } = {}) {
    const { id, link } = mailed.get(name)!
    const context = await browser.newContext({ ...phone, locale: 'en-GB', ...options })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(link)
    return { id, page, complaints, close: () => context.close() }
  }

  const customer = (id: string) => rep.call('GET', `/v1/customers/${id}`)
  const activities = async (id: string) => (await rep.call<{ data: object[] }>('GET', `/v1/activities?filter[customerId]=${id}`)).data
  const result = (page: Page) => page.getByRole('textbox', { name: 'Result' })
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()

  it('calls, logs the result with the next date, and shows it the next time', async () => {
    const { id, page, complaints, close } = await mailedPage('log')

    const call = await page.getByRole('link', { name: 'Call +43 7675-3425' }).getAttribute('href')
    await page.getByRole('radio', { name: 'Visit' }).check()
    await result(page).fill('They take 40 crates\nand want a quote')
    await page.getByRole('button', { name: '+7 days' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Saved' }).waitFor()

    expect(call).toBe('tel:+4376753425')
    expect(await customer(id)).toMatchObject({ nextContactOn: addDays(today, 7) })
    expect(await activities(id)).toMatchObject([{ kind: 'visit', summary: 'They take 40 crates\nand want a quote' }])
    await page.goto(page.url())
    expect(await page.getByRole('region', { name: 'Last contacts' }).textContent()).toContain('They take 40 crates')
    expect(complaints).toEqual([])
    await close()
  })

  it('saves once when the button is pressed twice, and again when the page is sent again', async () => {
    const { id, page, close } = await mailedPage('twice')

    await result(page).fill('Reached nobody')
    await page.getByRole('button', { name: 'Save' }).dblclick()
    await page.getByRole('heading', { name: 'Saved' }).waitFor()
    await page.reload()

    expect(await heading(page)).toBe('Saved')
    expect(await activities(id)).toHaveLength(1)
    await close()
  })

  it('postpones by three days', async () => {
    const { id, page, close } = await mailedPage('postpone')

    await page.getByRole('region', { name: 'Postpone' }).getByRole('button', { name: '3 days' }).click()
    await page.getByRole('heading', { name: 'Postponed' }).waitFor()

    expect(await customer(id)).toMatchObject({ nextContactOn: addDays(today, 3) })
    await close()
  })

  it('works without JavaScript, and says what is missing', async () => {
    const { id, page, close } = await mailedPage('plain', { javaScriptEnabled: false })

    await result(page).fill('   ')
    await page.getByRole('button', { name: 'Save' }).click()
    const fault = await page.getByRole('alert').textContent()
    await result(page).fill('Now with words')
    await page.getByRole('button', { name: 'Save' }).click()

    expect(fault).toContain('Please enter a result')
    expect(await heading(page)).toBe('Saved')
    expect(await activities(id)).toHaveLength(1)
    await close()
  })

  it('needs no scrolling sideways on the smallest phone', async () => {
    const { page, close } = await mailedPage('narrow')
    await page.setViewportSize({ width: 320, height: 568 })

    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

    expect(overflow).toBe(0)
    await close()
  })
})
