import { describe, expect, it } from 'vitest'
import { dayText, pastDayText, telLink, weekdayText } from '../../../domain/reminders/wording.ts'

describe('days', () => {
  it('shows the year only when it is another one', () => {
    expect(dayText('2026-11-03', 'zh-CN', '2026-11-21')).toBe('11月3日')
    expect(dayText('2025-11-03', 'zh-CN', '2026-11-21')).toBe('2025年11月3日')
    expect(dayText('2026-11-03', 'en', '2026-11-21')).toBe('3 Nov')
    expect(dayText('2025-11-03', 'en', '2026-11-21')).toBe('3 Nov 2025')
  })

  it('names the weekday', () => {
    expect(weekdayText('2026-11-22', 'zh-CN', '2026-11-21')).toBe('11月22日 周日')
    expect(weekdayText('2026-11-22', 'en', '2026-11-21')).toBe('Sun 22 Nov')
  })

  it('says today and yesterday as people do', () => {
    expect(['2026-11-21', '2026-11-20', '2026-11-19'].map((day) => pastDayText(day, 'en', '2026-11-21'))).toEqual([
      'today',
      'yesterday',
      '19 Nov',
    ])
    expect(['2026-11-21', '2026-11-20', '2026-11-19'].map((day) => pastDayText(day, 'zh-CN', '2026-11-21'))).toEqual([
      '今天',
      '昨天',
      '11月19日',
    ])
  })
})

describe('telephone links', () => {
  it.each([
    ['138 0013 8000', 'tel:13800138000'],
    ['+49 (30) 123-456', 'tel:+4930123456'],
    ['0755-8342 1166 转 801', 'tel:075583421166,801'],
    ['+43 7675-3425 x12', 'tel:+4376753425,12'],
    ['１３８００１３８０００', 'tel:13800138000'],
    ['010-8888 1234 ext. 5', 'tel:01088881234,5'],
    ['"><script>alert(123)</script>', 'tel:123'],
  ])('dials %j with %s', (phone, link) => {
    expect(telLink(phone)).toBe(link)
  })

  it.each(['', 'none', '12', 'javascript:alert(1)'])('dials nothing for %j', (phone) => {
    expect(telLink(phone)).toBeUndefined()
  })
})
