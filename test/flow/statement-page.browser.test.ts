import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, desk, openBrowser, openPage, phone, sayWithoutBrowser } from '../support/browser.ts'
import { type Firm, type Mail, openFirm, type Person } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

sayWithoutBrowser()

const period = { from: '2026-09-26', to: '2026-10-25' }
const cny = (amount: string) => ({ amount, currency: 'CNY' })

interface Sent {
  link: string
  confirmation: object | null
}

describe.skipIf(!chromiumPath)('a statement goes to a customer by mail and is confirmed on its page', () => {
  const server = sharedServer()
  let browser: Browser
  let firm: Firm
  let rep: Person
  let books: Person
  let path: string

  beforeAll(async () => {
    browser = await openBrowser()
    firm = await openFirm(server, '海港绳缆有限公司', 'zh-CN')
    rep = await firm.person({ name: '林晓梅', email: 'lin@harbour.example', roles: ['rep'] })
    books = await firm.person({ name: '吴会计', email: 'wu@harbour.example', roles: ['finance'] })
    const customer = { name: '苏州恒信精密机械有限公司', email: 'buyer@hengxin.example' }
    const { id: customerId } = await rep.call<{ id: string }>('POST', '/v1/customers', customer)
    path = `/v1/customers/${customerId}/statement`
    const lines = [
      { description: '深沟球轴承', model: '6204-2RS', quantity: 500, unit: '只', unitPrice: '12.8' },
      { description: '直线导轨', model: 'HGH25CA', quantity: 24, unit: '套', unitPrice: '468' },
    ]
    await books.call('POST', '/v1/receivables', {
      ...{ customerId, number: 'QC-2026', issuedOn: '2026-08-31', dueOn: '2026-09-30', amount: cny('8000.00') },
    })
    await rep.call('POST', '/v1/shipments', { customerId, shippedOn: '2026-10-10', lines, dispatch: true })
    await server.control('settle')
    await books.call('POST', '/v1/receipts', {
      ...{ customerId, receivedOn: '2026-10-20', amount: cny('8000.00'), method: 'bank', allocate: 'oldest-first' },
    })
  })

  afterAll(() => browser?.close())

  it('brings the PDF and the link, and is confirmed on a phone; owner and sender are told', async () => {
    const sent = await books.call<Sent>('POST', `${path}/send`, period)
    await books.call('POST', `${path}/send`, period)
    await server.control('settle')
    const { page, complaints, elsewhere, context } = await openPage(browser, server, sent.link, phone)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/s390.png`, fullPage: true })
    const text = (await page.locator('main').textContent()) ?? ''
    const width = await page.evaluate(() => document.documentElement.scrollWidth)

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 PDF' }).click()])
    if (process.env.SHOTS) await download.saveAs(`${process.env.SHOTS}/statement.pdf`)
    await page.getByLabel('您的姓名').first().fill('陈建国')
    await page.getByRole('button', { name: '确认无误' }).click()
    await page.getByRole('heading', { name: '您已确认这份对账单' }).waitFor()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/s390-confirmed.png`, fullPage: true })
    await server.control('settle')

    const mails = await firm.mails('buyer@hengxin.example')
    expect(mails).toHaveLength(1)
    expect((mails as [Mail])[0]).toMatchObject({
      subject: '海港绳缆有限公司 对账单 2026年9月26日 至 2026年10月25日',
      attachments: [{ contentType: 'application/pdf', filename: '对账单_20260926-20261025.pdf' }],
    })
    expect(text).toContain('¥17,632.00')
    expect(width).toBe(390)
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await books.call<Sent>('GET', `${path}?from=${period.from}&to=${period.to}`)).toMatchObject({
      confirmation: { confirmedBy: '陈建国', online: true, closing: cny('17632.00') },
    })
    for (const { email } of [rep, books])
      expect((await firm.mails(email)).map(({ subject }) => subject)).toContainEqual(
        '苏州恒信精密机械有限公司 已确认对账单（2026-09-26 至 2026-10-25）',
      )
    expect([complaints, elsewhere, await context.cookies()]).toEqual([[], [], []])
    await context.close()
  })

  it('is objected to on a desk without scripts, with what differs', async () => {
    const sent = await books.call<Sent>('POST', `${path}/send`, { from: '2026-08-26', to: '2026-09-25', channel: 'link' })
    const { page, context } = await openPage(browser, server, sent.link, { ...desk, javaScriptEnabled: false })
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/s1280.png`, fullPage: true })

    await page.getByText('账目有异议').click()
    await page.getByLabel('您的姓名').last().fill('陈建国')
    await page.getByLabel('说明').fill('8 月的货款已付清')
    await page.getByRole('button', { name: '提交' }).click()

    expect(await page.getByRole('heading', { name: '我们已收到您的异议' }).isVisible()).toBe(true)
    await context.close()
  })
})
