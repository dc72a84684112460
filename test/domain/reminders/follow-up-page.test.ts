import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '../../../domain/platform/page/page-frame.ts'
import { FollowUpForm, type FollowUpPage, type ResultPage } from '../../../domain/reminders/follow-up-page/follow-up-page.ts'
import { renderPage } from '../../../domain/reminders/follow-up-page/render-page.ts'
import { renderResult } from '../../../domain/reminders/follow-up-page/render-result.ts'

const page: FollowUpPage = {
  locale: 'en',
  tenantName: 'Northwind',
  userName: 'Nancy',
  customer: {
    name: 'Ernst Handel',
    level: 'key-major',
    phones: [{ label: 'Office', number: '+43 7675-3425' }, { number: '138 0013 8000' }],
    wechat: 'ernst88',
  },
  due: [{ on: '2026-11-09', daysLate: 12, subject: 'Ask about the order' }],
  lastContacts: [1, 2, 3, 4].map((n) => ({ at: `2026-11-0${n}`, kind: 'call', summary: `Contact ${n}`, by: 'Nancy' })),
  today: '2026-11-21',
  submissionId: 'submission-1',
  nonce: 'n0nce',
}
const result: ResultPage = {
  locale: 'en',
  outcome: 'logged',
  tenantName: 'Northwind',
  customerName: 'Ernst Handel',
  nextContactOn: '2026-11-28',
  today: '2026-11-21',
  nonce: 'n0nce',
}
const hostile = `"><script>alert(1)</script>'</textarea></style>\u202E\r\n`

describe('the page behind a link of the digest', () => {
  it('shows the customer, what is due, numbers to call and the last three contacts', () => {
    const markup = renderPage(page)

    for (const text of [
      'Ernst Handel',
      'Key customer',
      '12 days late',
      'Ask about the order',
      'href="tel:+4376753425"',
      'href="tel:13800138000"',
      'ernst88',
      'Contact 3',
    ]) {
      expect(markup).toContain(text)
    }
    expect(markup).not.toContain('Contact 4')
  })

  it('posts the result and the next date, guarded against a second press', () => {
    const markup = renderPage(page)

    expect(markup).toContain('<input type="hidden" name="action" value="log"><input type="hidden" name="nonce" value="submission-1">')
    expect(markup).toMatch(/<textarea id="summary" name="summary" required maxlength="2000"/)
    expect(markup).toMatch(/<input type="date" id="next" name="nextContactOn" min="2026-11-21"/)
    expect([...markup.matchAll(/data-date="([^"]+)"/g)].map((match) => match[1])).toEqual([
      '2026-11-22',
      '2026-11-24',
      '2026-11-28',
      '2026-12-05',
    ])
  })

  it('postpones by 1, 3 or 7 days, when something is due', () => {
    expect([...renderPage(page).matchAll(/<button name="days" value="(\d)">/g)].map((match) => match[1])).toEqual(['1', '3', '7'])
    expect(renderPage({ ...page, due: [] })).not.toContain('name="days"')
  })

  it('names every field for those who cannot see it', () => {
    const markup = renderPage(page)

    for (const [, id] of markup.matchAll(/<label class="name" for="([^"]+)"/g)) expect(markup).toContain(`id="${id}"`)
    for (const [, ids] of markup.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g))
      for (const id of ids!.split(' ')) expect(markup).toContain(`id="${id}"`)
  })

  it('speaks Chinese', () => {
    const markup = renderPage({ ...page, locale: 'zh-CN' })

    for (const text of ['lang="zh-CN"', '重要客户', '逾期 12 天', '最近联系', '记录结果', '下次联系', '改期', '3 天后'])
      expect(markup).toContain(text)
  })

  it('keeps what was typed beside the reason why it was not taken', () => {
    const markup = renderPage({ ...page, fault: 'date', entered: { kind: 'visit', summary: 'We\nagreed', nextContactOn: '2026-01-01' } })

    expect(markup).toContain('role="alert" id="fault">Please choose today or a later day.')
    expect(markup).toContain('value="visit" checked')
    expect(markup).toContain('\nWe\nagreed</textarea>')
    expect(markup).toContain('value="2026-01-01"')
  })

  it('lets no text become markup', () => {
    const markup = renderPage({
      ...page,
      tenantName: hostile,
      userName: hostile,
      customer: { name: hostile, level: hostile, phones: [{ label: hostile, number: `123${hostile}` }], wechat: hostile },
      due: [{ on: '2026-11-21', daysLate: 0, subject: hostile }],
      lastContacts: [{ at: '2026-11-20', kind: hostile, summary: hostile, by: hostile }],
      entered: { kind: hostile, summary: hostile, nextContactOn: hostile },
      submissionId: hostile,
    })

    expect(markup.match(/<script/g)).toHaveLength(1)
    expect(markup.match(/<\/textarea>/g)).toHaveLength(1)
    expect(markup.match(/<\/style>/g)).toHaveLength(1)
  })

  it('loads nothing and runs only its own style and script', () => {
    const markup = renderPage(page)

    expect(contentSecurityPolicy('n0nce')).toContain(
      "default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'; form-action 'self'",
    )
    expect(markup).not.toMatch(/\s(?:style|src|on\w+)=/)
    expect(markup.match(/<(?:style|script) nonce="n0nce">/g)).toHaveLength(2)
  })

  it('stays small enough for a poor connection', () => {
    expect(Buffer.byteLength(renderPage(page))).toBeLessThan(12_000)
  })
})

describe('the result page', () => {
  it.each([
    ['logged', 'Saved', '已保存'],
    ['postponed', 'Postponed', '已改期'],
    ['already-done', 'Already done', '已处理过'],
    ['not-yours', 'No longer yours', '已不由您负责'],
    ['expired', 'This link has expired', '链接已失效'],
  ] as const)('says %s in both languages', (outcome, english, chinese) => {
    expect(renderResult({ ...result, outcome })).toContain(`<h1>${english}</h1>`)
    expect(renderResult({ ...result, outcome, locale: 'zh-CN' })).toContain(`<h1>${chinese}</h1>`)
  })

  it('tells when the next contact is', () => {
    expect(renderResult(result)).toContain('Next contact: Sat 28 Nov')
  })

  it('needs no tenant and names nobody when the link is not valid', () => {
    const markup = renderResult({ locale: 'en', outcome: 'expired', today: '2026-11-21', nonce: 'n' })

    expect(markup).not.toContain('<bdi>')
    expect(markup).not.toContain('<script')
  })

  it('lets no text become markup', () => {
    expect(renderResult({ ...result, tenantName: hostile, customerName: hostile })).not.toContain('<script>')
  })
})

describe('what the page posts', () => {
  const log = { action: 'log', nonce: 'submission-1', kind: 'call', summary: ' Agreed ', nextContactOn: '2026-11-28' }

  it('is read as a result or a postponement', () => {
    expect(FollowUpForm.parse(log)).toEqual({ ...log, summary: 'Agreed' })
    expect(FollowUpForm.parse({ ...log, nextContactOn: '' })).toMatchObject({ nextContactOn: undefined })
    expect(FollowUpForm.parse({ action: 'postpone', nonce: 'n', days: '3' })).toEqual({ action: 'postpone', nonce: 'n', days: 3 })
  })

  it.each([
    { ...log, summary: '  ' },
    { ...log, summary: 'x'.repeat(2001) },
    { ...log, kind: 'note' },
    { ...log, nextContactOn: '2026-02-30' },
    { ...log, nonce: '' },
    { ...log, customerId: 'cus_1' },
    { action: 'postpone', nonce: 'n', days: '2' },
    { action: 'delete', nonce: 'n' },
    {},
  ])('is refused as %j', (form) => {
    expect(FollowUpForm.safeParse(form).success).toBe(false)
  })
})
