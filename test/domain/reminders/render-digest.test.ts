import { describe, expect, it } from 'vitest'
import { buildDigest } from '../../../domain/reminders/digest/build-digest.ts'
import type { DigestLine, DigestReader } from '../../../domain/reminders/digest/digest.ts'
import { renderDigest } from '../../../domain/reminders/digest/render-digest.ts'

const zh: DigestReader = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', tenantName: '远航贸易', userName: '王芳', currency: 'CNY' }
const en: DigestReader = { locale: 'en', timeZone: 'America/New_York', tenantName: 'Northwind', userName: 'Nancy', currency: 'USD' }
const on = { day: '2026-11-20', calendar: { workdays: [1, 2, 3, 4, 5], holidays: [] }, workingDaysOnly: false }

type Item = Omit<DigestLine, 'daysLate'>
let count = 0
const item = (dueOn: string, more: Partial<Item> = {}): Item => {
  const id = `cus_${++count}`
  return {
    customerId: id,
    customerName: `Customer ${id}`,
    subject: 'Call about the offer',
    dueOn,
    link: `https://crm.example.com/r/${id}`,
    ...more,
  }
}
const render = (own: Item[], reader: DigestReader, team: Item[] = [], plan = on) => renderDigest(buildDigest(own, team, plan)!, reader)

describe('the subject line', () => {
  const today = [item('2026-11-20'), item('2026-11-20')]
  const overdue = [item('2026-11-10')]
  const tomorrow = [item('2026-11-21')]
  const team = [item('2026-11-01', { ownerName: '刘伟' })]

  it.each([
    [[...today, ...overdue, ...tomorrow], [], '今日联系 2 位客户，逾期 1 位', '2 to contact today, 1 overdue'],
    [overdue, [], '逾期 1 位', '1 overdue'],
    [tomorrow, [], '接下来联系 1 位客户', '1 to contact next'],
    [today, team, '今日联系 2 位客户，团队逾期 1 位', '2 to contact today, 1 overdue in your team'],
  ])('counts the customers of each section', (own, members, chinese, english) => {
    expect(render(own, zh, members).subject).toBe(chinese)
    expect(render(own, en, members).subject).toBe(english)
  })
})

describe('a line', () => {
  const line = item('2026-11-17', {
    customerName: 'Ernst Handel',
    phone: '+43 7675-3425',
    lastContactAt: '2026-11-03T02:00:00.000Z',
    link: 'https://crm.example.com/r/abc.def',
  })

  it('says how late it is, when the last contact was, and links to its page and its phone', () => {
    const mail = render([line], en)

    expect(mail.html).toContain('3 days late')
    expect(mail.html).toContain('Last contact 2 Nov') // New York is still on the 2nd
    expect(mail.html).toContain('href="tel:+4376753425"')
    expect(mail.html).toContain('href="https://crm.example.com/r/abc.def"')
    expect(mail.text).toContain(
      '* Ernst Handel | 3 days late\n  Call about the offer\n  Last contact 2 Nov | +43 7675-3425\n  Log result: https://crm.example.com/r/abc.def',
    )
  })

  it('speaks Chinese to a Chinese reader', () => {
    const mail = render([line], zh)

    expect(mail.html).toContain('lang="zh-CN"')
    expect(mail.html).toContain('逾期 3 天')
    expect(mail.text).toContain('上次联系 11月3日')
    expect(mail.text).not.toMatch(/overdue|contact|late/i)
  })

  it('says when there was no contact yet and offers no call without a phone', () => {
    const mail = render([item('2026-11-20')], en)

    expect(mail.html).toContain('Not contacted yet')
    expect(mail.html).not.toContain('tel:')
  })

  it("names the owner of a team member's customer", () => {
    expect(render([], zh, [item('2026-11-01', { ownerName: '刘伟' })]).text).toContain('负责人 刘伟')
  })

  it('tells the days of a section that spans a weekend', () => {
    const mail = render([item('2026-11-21'), item('2026-11-23')], en, [], { ...on, workingDaysOnly: true })

    expect(mail.text).toContain('== Until Mon 23 Nov (2) ==')
    expect(mail.text).toContain('| Sat 21 Nov')
  })
})

describe('hostile text', () => {
  const hostile = `<script>alert(1)</script>"' onmouseover=x \u202Egnp.exe\r\nBcc: all@example.com`

  it('stays text in the mail and one line in its plain part', () => {
    const reader = { ...en, tenantName: hostile, userName: hostile }

    const mail = render([item('2026-11-20', { customerName: hostile, subject: hostile, phone: hostile, ownerName: hostile })], reader)

    expect(mail.html).not.toMatch(/<script|"' onmouseover|\u202e/i)
    expect(mail.text).not.toMatch(/\u202e|\r|^Bcc/m)
    expect(mail.subject).not.toMatch(/[\r\n]/)
  })
})

describe('size', () => {
  it('keeps the fullest digest below what Gmail shows, with long links', () => {
    const many = (dueOn: string) =>
      Array.from({ length: 30 }, () =>
        item(dueOn, {
          phone: '+86 138 0013 8000',
          lastContactAt: '2026-11-03T02:00:00.000Z',
          ownerName: 'Andrew Fuller',
          link: `https://crm.example.com/r/${'x'.repeat(225)}`,
        }),
      )

    const mail = render([...many('2026-11-01'), ...many('2026-11-20'), ...many('2026-11-21')], en, many('2026-11-01'))

    expect(mail.html.match(/and 10 more/g)).toHaveLength(4)
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000)
  })
})
