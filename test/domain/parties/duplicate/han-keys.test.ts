import { describe, expect, test } from 'vitest'
import { compareNames, readName } from '../../../../domain/parties/duplicate/compare-names.ts'
import { chooseKeys, mostKeysPerName, probesOf, searchKeys } from '../../../../domain/parties/duplicate/name-keys.ts'
import { nameWords } from '../../../../domain/parties/duplicate/normalise-name.ts'

/** In a large book every key of one character is full. */
const keptKeys = (name: string) => chooseKeys(probesOf(nameWords(name)), mostKeysPerName, (key) => !key.startsWith('c:'))

describe('a short name is looked for under pairs by which the full one is kept, also', () => {
  test.each([
    ['of a long name its end', '精锻科技', '江苏太平洋精锻科技股份有限公司'],
    ['the sign of a province', '渝农商行', '重庆农村商业银行股份有限公司'],
    ['the town instead of the province', '慈溪建材', '浙江慈溪路桥建材股份有限公司'],
    ['the last word of a trade', '常熟银行', '江苏常熟农村商业银行股份有限公司'],
  ])('%s', (_what, short, full) => {
    const kept = keptKeys(full)
    const shared = searchKeys(nameWords(short)).filter((key) => key.startsWith('h:') && kept.includes(key))

    expect(kept.length).toBeLessThanOrEqual(mostKeysPerName)
    expect(shared).not.toEqual([])
  })
})

test('a short name that stands in a long one as it is comes before a name that has its characters here and there', () => {
  const scoreOf = (name: string) => compareNames(readName(nameWords('新产业')), readName(nameWords(name))).score

  expect(scoreOf('深圳市新产业生物医学工程股份有限公司')).toBeGreaterThan(scoreOf('新希望乳业股份有限公司'))
})
