import { describe, expect, it } from 'vitest'
import { addDays } from '../../domain/kernel/dates.ts'
import { customerOf, linksIn, openFirm } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'

const server = sharedServer()

const deadLetters = async () => ((await (await fetch(`${server.url}/_local/dead-letters`)).json()) as { data: unknown[] }).data

describe('the reminders of a firm', () => {
  it('come to each person once, with what is due, from plan to mailbox', async () => {
    const firm = await openFirm(server, '远航贸易', 'zh-CN')
    const boss = await firm.person({ name: '李总', email: 'boss@far.example', roles: ['manager'] })
    const rep = await firm.person({ name: '王芳', email: 'wang@far.example', roles: ['rep'], managerId: boss.id })
    const idle = await firm.person({ name: '赵敏', email: 'zhao@far.example', roles: ['rep'] })
    await customerOf(rep, { name: '明辉电子', phones: ['021-6543 2100'] }, addDays(firm.today, -9), '报价跟进')
    await customerOf(rep, { name: '长江贸易' }, firm.today, '确认样品')
    await customerOf(idle, { name: '黄河贸易' }, addDays(firm.today, 5), '月底回访')

    await firm.remind()
    await firm.remind()

    const [mail, ...others] = await firm.mails(rep.email)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ subject: '今日联系 1 位客户，逾期 1 位', to: [rep.email], from: '远航贸易 <guanxi@local.example>' })
    expect(mail?.text).toContain('* 明辉电子 | 逾期 9 天\n  报价跟进')
    expect(mail?.headers['auto-submitted']).toBe('auto-generated')
    expect(linksIn(mail)).toHaveLength(2)
    expect((await firm.mails(boss.email)).map(({ subject }) => subject)).toEqual(['团队逾期 1 位'])
    expect(await firm.mails(idle.email)).toEqual([])
    expect(await deadLetters()).toEqual([])
  })

  it('lead to a page where the result is logged, so that the next day is silent', async () => {
    const firm = await openFirm(server, 'Northwind', 'en')
    const rep = await firm.person({ name: 'Nancy', email: 'nancy@northwind.example', roles: ['rep'] })
    const id = await customerOf(rep, { name: 'Ernst Handel' }, firm.today, 'Ask about the order')
    await firm.remind()
    const [link] = linksIn((await firm.mails(rep.email))[0])

    const page = await (await fetch(link!)).text()
    const nonce = /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const form = { action: 'log', kind: 'visit', summary: 'Ordered again', nextContactOn: addDays(firm.today, 7), nonce }
    const answers = [1, 2].map(() => fetch(link!, { method: 'POST', body: new URLSearchParams(form) }))

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200])
    expect(await rep.call('GET', `/v1/customers/${id}`)).toMatchObject({ nextContactOn: form.nextContactOn })
    expect(await rep.call('GET', `/v1/activities?filter[customerId]=${id}`)).toMatchObject({ data: [{ summary: 'Ordered again' }] })
    await firm.remind(1)
    expect(await firm.mails(rep.email)).toHaveLength(1)
  })

  it('are not doubled when every answer of SES is lost, since its events tell', async () => {
    const firm = await openFirm(server, 'Alfreds', 'en')
    const people = await Promise.all(
      Array.from({ length: 5 }, (_, n) => firm.person({ name: `Rep ${n}`, email: `rep${n}@alfreds.example`, roles: ['rep'] })),
    )
    for (const rep of people) await customerOf(rep, { name: `Customer of ${rep.email}` }, firm.today, 'Call')
    await server.control('mail/faults', { loseReplyShare: 1 })

    await firm.remind()
    await server.control('mail/faults', { loseReplyShare: 0 })
    await firm.remind()

    for (const rep of people) expect(await firm.mails(rep.email)).toHaveLength(1)
    expect(await deadLetters()).toEqual([])
  })

  it('are sent later when SES throttles, by a message that waits on its queue', async () => {
    const firm = await openFirm(server, 'Bottom-Dollar', 'en')
    const rep = await firm.person({ name: 'Elizabeth', email: 'elizabeth@bottom.example', roles: ['rep'] })
    await customerOf(rep, { name: 'Bon app' }, firm.today, 'Call')
    await server.control('mail/faults', { throttleShare: 1 })

    await firm.remind()
    const before = await firm.mails(rep.email)
    await server.control('mail/faults', { throttleShare: 0 })

    expect(before).toEqual([])
    await expect.poll(() => firm.mails(rep.email), { timeout: 25_000, interval: 250 }).toHaveLength(1)
    expect(await deadLetters()).toEqual([])
  })
})
