import { describe, expect, test } from 'vitest'
import { heardIn, initialsOf, pinyinOf } from '../../../domain/kernel/pinyin.ts'

describe('a name read aloud', () => {
  test('has one syllable for each character, and in some words another one', () => {
    expect([pinyinOf('特发信息'), initialsOf('特发信息')]).toEqual(['tefaxinxi', 'tfxx'])
    expect([pinyinOf('重庆绿地'), pinyinOf('重机')]).toEqual(['chongqingludi', 'zhongji'])
  })

  test.each([
    ['guangdong', '广东明辉'],
    ['guangd', '广东明辉'],
    ['gdmh', '广东明辉'],
    ['minghui', '广东明辉'],
    ['dm', '广东明辉'],
    ['chongqing', '重庆火锅'],
    ['cqhg', '重庆火锅'],
    ['zhongq', '重启'],
    ['tcljt', 'tcl集团'],
    ['lv', '绿地'],
    ['lu', '绿地'],
  ])('is heard in %s: %s', (typed, name) => {
    expect(heardIn(typed)(name)).toBe(true)
  })

  test.each([
    ['angdong', '广东明辉'],
    ['mingh', '明'],
    ['gdmhx', '广东明辉'],
    ['zhongqing', '重庆火锅'],
    ['gm', '广东明辉'],
    ['tcl', 'tcl'],
    ['gd', 'good'],
  ])('is not heard in %s: %s', (typed, name) => {
    expect(heardIn(typed)(name)).toBe(false)
  })
})
