import { describe, expect, test } from 'vitest'
import type { DigestReader, SectionKind } from '../../../domain/reminders/digest/digest.ts'
import { digestTexts, subjectOf } from '../../../domain/reminders/digest/digest-texts.ts'
import { headingOf, subjectLine } from '../../../domain/reminders/digest/section-words.ts'

const day = '2026-11-20'
const zh: DigestReader = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', tenantName: '远航贸易', userName: '王芳', currency: 'CNY' }
const en: DigestReader = { ...zh, locale: 'en', currency: 'USD' }

test.each<[Partial<Record<SectionKind, number>>, chinese: string, english: string]>([
  [{ delivery: 2, quote: 1 }, '报价待跟进 1 位，待交货 2 位', '1 with a quote to follow up, 2 to deliver to'],
  [{ reorder: 3, dormant: 4, tomorrow: 9 }, '该下单未下单 3 位，沉睡客户 4 位', '3 overdue to order, 4 dormant'],
  [{ 'receivable-overdue': 1, 'receivable-soon': 5 }, '逾期应收 1 位', '1 overdue to pay'],
  [{ 'receivable-soon': 5 }, '应收即将到期 5 位客户', '5 to pay soon'],
  [{ 'receivable-soon': 5, tomorrow: 2 }, '接下来联系 2 位客户', '2 to contact next'],
])('the subject line of %j tells what is to be done today, and what comes only where nothing else is', (counts, chinese, english) => {
  expect([subjectLine(counts, 'zh-CN'), subjectLine(counts, 'en')]).toEqual([chinese, english])
})

test.each<[SectionKind, from: string | undefined, to: string, chinese: string, english: string]>([
  ['delivery', undefined, day, '待交货', 'Deliveries'],
  ['tomorrow', '2026-11-21', '2026-11-21', '明天', 'Tomorrow'],
  ['tomorrow', '2026-11-23', '2026-11-23', '至11月23日 周一', 'Until Mon 23 Nov'],
  ['tomorrow', '2026-11-21', '2026-11-23', '至11月23日 周一', 'Until Mon 23 Nov'],
])('the section %s from %s to %s is called %s', (kind, from, to, chinese, english) => {
  const section = { kind, to, ...(from ? { from } : {}) }

  expect([headingOf(section, 'zh-CN', day), headingOf(section, 'en', day)]).toEqual([chinese, english])
})

test.each<[SectionKind, daysLate: number, chinese: string | undefined, english: string | undefined]>([
  ['delivery', -1, '还有 1 天', 'in 1 day'],
  ['delivery', 0, '今天', 'today'],
  ['delivery', 2, '逾期 2 天', '2 days late'],
  ['reclaim', -3, '还有 3 天', '3 days left'],
  ['reclaim', 0, '今天', 'today'],
  ['quote', -1, undefined, undefined],
  ['dormant', 0, undefined, undefined],
  ['receivable-soon', -2, '11月22日 周日', 'Sun 22 Nov'],
  ['today', 0, undefined, undefined],
])('a line of %s that is %i days late is marked %s', (kind, daysLate, chinese, english) => {
  const section = { kind, to: '2026-11-27', ...(kind === 'receivable-soon' ? { from: '2026-11-21' } : {}) }
  const mark = (locale: 'zh-CN' | 'en') => digestTexts[locale].mark(daysLate, '2026-11-22', section, day)

  expect([mark('zh-CN'), mark('en')]).toEqual([chinese, english])
})

describe('a line says', () => {
  const said = (line: Parameters<typeof subjectOf>[0], kind: SectionKind) =>
    [zh, en].map((reader) => subjectOf(line, { kind, to: day }, day, reader))
  const line = { subject: 'OR-7', dueOn: '2026-11-22' }

  test('which order is to be delivered', () => {
    expect(said(line, 'delivery')).toEqual(['订单 OR-7 交货', 'Delivery of OR-7'])
  })

  test.each([
    [
      'unanswered',
      '2026-12-01',
      '报价 Q-1 发出一周未答复，有效期至 2026-12-01',
      'Quote Q-1 was sent a week ago and is unanswered; valid until 2026-12-01',
    ],
    ['expiring', day, '报价 Q-1 今天到期', 'Quote Q-1 ends today'],
    ['expiring', '2026-11-21', '报价 Q-1 还有 1 天到期', 'Quote Q-1 ends in 1 day'],
    ['expiring', '2026-11-23', '报价 Q-1 还有 3 天到期', 'Quote Q-1 ends in 3 days'],
  ] as const)('that a quote is %s, and until when it is valid: %s', (why, validUntil, chinese, english) => {
    const quote = { id: 'q', ownerId: 'o', dueOn: day, customerId: 'c', number: 'Q-1', validUntil, why }

    expect(said({ ...line, quote }, 'quote')).toEqual([chinese, english])
  })

  test('how much is owed, how old it is where that differs, and what was promised', () => {
    const owed = { total: 1_200_000, count: 2, byBucket: { notDue: 200_000, d31to60: 1_000_000 }, promisedOn: '2027-01-05' }
    const one = { total: 100, count: 1, byBucket: { over180: 100 } }

    expect(said({ ...line, owed }, 'receivable-overdue')).toEqual([
      '¥12,000.00，2 笔；未到期 ¥2,000.00，31–60 天 ¥10,000.00；承诺 2027年1月5日 付款',
      '$12,000.00, 2 receivables; not due $2,000.00, 31–60 days $10,000.00; promised for 5 Jan 2027',
    ])
    expect(said({ ...line, owed: one }, 'receivable-overdue')).toEqual(['¥1.00，1 笔', '$1.00, 1 receivable'])
  })
})
