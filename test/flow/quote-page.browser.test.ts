import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, desk, openBrowser, openPage, phone, sayWithoutBrowser } from '../support/browser.ts'
import { type Firm, type Mail, openFirm, type Person } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

sayWithoutBrowser()

interface Quote {
  id: string
  number: string
  status: string
  link: string
  decision: object | null
}

describe.skipIf(!chromiumPath)('a quote goes to a customer by mail and is answered on its page', () => {
  const server = sharedServer()
  let browser: Browser
  let firm: Firm
  let rep: Person
  let customerId: string

  beforeAll(async () => {
    browser = await openBrowser()
    firm = await openFirm(server, '海港绳缆有限公司', 'zh-CN')
    rep = await firm.person({ name: '林晓梅', email: 'lin@harbour.example', roles: ['rep'] })
    const customer = { name: '苏州恒信精密机械有限公司', email: 'buyer@hengxin.example' }
    customerId = (await rep.call<{ id: string }>('POST', '/v1/customers', customer)).id
  })

  afterAll(() => browser?.close())

  const lines = [
    { description: '深沟球轴承', model: '6204-2RS', spec: '20×47×14 mm', quantity: 500, unit: '只', unitPrice: '12.8' },
    { description: '直线导轨', model: 'HGH25CA', quantity: 24, unit: '套', unitPrice: '468', discountPercent: 5, note: '含滑块 2 只' },
  ]
  const drafted = (more: object = {}) => rep.call<Quote>('POST', '/v1/quotes', { customerId, lines, ...more })
  const sent = async (more: object = {}) => rep.call<Quote>('POST', `/v1/quotes/${(await drafted(more)).id}/send`, { channel: 'email' })
  const quoteNow = (id: string) => rep.call<Quote>('GET', `/v1/quotes/${id}`)

  const opened = (link: string, device: object, options: object = {}) => openPage(browser, server, link, { ...device, ...options })

  it('brings the PDF and the link, once for each send', async () => {
    const quote = await sent()
    await rep.call('POST', `/v1/quotes/${quote.id}/send`, { channel: 'email' })
    await server.control('settle')

    const mails = await firm.mails('buyer@hengxin.example')

    expect(mails).toHaveLength(1)
    const [mail] = mails as [Mail]
    expect(mail.subject).toBe(`海港绳缆有限公司 报价单 ${quote.number}`)
    expect(mail.text).toContain(quote.link)
    expect(mail.attachments).toMatchObject([{ contentType: 'application/pdf', filename: `报价单_${quote.number}.pdf` }])
  })

  it('is read and accepted on a phone, and the rep is told', async () => {
    const quote = await sent()
    const { page, complaints, elsewhere, context } = await opened(quote.link, phone)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/q390.png`, fullPage: true })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    const text = (await page.locator('main').textContent()) ?? ''

    await page.getByLabel('您的姓名').first().fill('陈建国')
    await page.getByLabel('贵司订单号（选填）').fill('PO-2026-1187')
    await page.getByLabel('留言（选填）').fill('请尽快发货')
    await page.getByRole('button', { name: '接受报价' }).click()
    await page.getByRole('heading', { name: '您已接受这份报价' }).waitFor()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/q390-accepted.png`, fullPage: true })
    await page.reload()
    await server.control('settle')

    expect(width).toBe(390)
    expect(text).toContain('¥17,070.40')
    expect(text).toContain('人民币壹万柒仟零柒拾元零肆角')
    expect(await page.getByRole('button').count()).toBe(0)
    expect(await quoteNow(quote.id)).toMatchObject({
      status: 'accepted',
      decision: { online: true, name: '陈建国', comment: '请尽快发货', customerPo: 'PO-2026-1187' },
    })
    const told = (await firm.mails(rep.email)).filter(({ subject }) => subject.includes(quote.number))
    expect(told).toMatchObject([{ subject: `苏州恒信精密机械有限公司 已接受报价 ${quote.number}` }])
    expect([complaints, elsewhere, await context.cookies()]).toEqual([[], [], []])
    await context.close()
  })

  it('is declined with a reason on a desk, and downloaded', async () => {
    const quote = await sent({ terms: '1. 收到订单后 10 个工作日内发货。\n2. 满 5,000 元包邮。' })
    const { page, complaints, context } = await opened(quote.link, desk)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/q1280.png`, fullPage: true })

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 PDF' }).click()])
    await page.getByText('暂不接受').click()
    await page.getByLabel('您的姓名').last().fill('陈建国')
    await page.getByLabel('原因').fill('价格偏高')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('heading', { name: '您已答复：暂不接受' }).waitFor()

    expect(download.suggestedFilename()).toBe(`报价单_${quote.number}.pdf`)
    expect(await quoteNow(quote.id)).toMatchObject({ status: 'rejected', decision: { name: '陈建国', reason: '价格偏高' } })
    expect(complaints).toEqual([])
    await context.close()
  })

  it('says what became of it: replaced by a later revision', async () => {
    const quote = await sent()
    const { id } = await rep.call<Quote>('POST', `/v1/quotes/${quote.id}/revise`)
    const newer = await rep.call<Quote>('POST', `/v1/quotes/${id}/send`, { channel: 'link' })

    const { page, context } = await opened(quote.link, phone, { javaScriptEnabled: false })

    expect(await page.getByRole('heading', { name: '这份报价已有新的版本' }).isVisible()).toBe(true)
    expect(await page.getByRole('link', { name: '查看最新版本' }).getAttribute('href')).toBe(newer.link)
    expect(await page.getByRole('button').count()).toBe(0)
    await context.close()
  })

  it('works without scripts too, and asks again for what is missing', async () => {
    const quote = await sent()
    const { page, context } = await opened(quote.link, phone, { javaScriptEnabled: false })

    await page.getByLabel('您的姓名').first().fill('   ')
    await page.getByLabel('留言（选填）').fill('先留言')
    await page.getByRole('button', { name: '接受报价' }).click()

    expect(await page.getByRole('alert').textContent()).toBe('请填写您的姓名。')
    expect(await page.getByLabel('留言（选填）').inputValue()).toBe('先留言')
    expect((await quoteNow(quote.id)).status).toBe('sent')
    await context.close()
  })
  it('becomes an order, which goes by its link and is seen and downloaded on a phone', async () => {
    const draft = await rep.call<Quote>('POST', '/v1/orders', { customerId, lines, customerPo: 'PO-2026-1187' })
    await rep.call('POST', `/v1/orders/${draft.id}/confirm`, {})
    const order = await rep.call<Quote>('POST', `/v1/orders/${draft.id}/send`, { channel: 'link' })
    const { page, complaints, elsewhere, context } = await opened(order.link, phone)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/d390.png`, fullPage: true })

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 PDF' }).click()])

    expect(download.suggestedFilename()).toBe(`销售订单_${order.number}.pdf`)
    expect(await page.locator('main').textContent()).toContain('PO-2026-1187')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect([complaints, elsewhere, await context.cookies()]).toEqual([[], [], []])
    await context.close()
  })
})
