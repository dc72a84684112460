import { describe, expect, test } from 'vitest'
import { organisations, restaurants } from '../../../../bench/duplicates/english-lists.ts'
import { heldOutFirms, listedFirms } from '../../../../bench/duplicates/listed-firms.ts'
import { filled, flagged, matched, shortNames, typed } from '../../../../bench/duplicates/quality.ts'
import { compareNames, readName } from '../../../../domain/parties/duplicate/compare-names.ts'
import { nameWords } from '../../../../domain/parties/duplicate/normalise-name.ts'

const compare = (a: string, b: string) => compareNames(readName(nameWords(a)), readName(nameWords(b)))

describe('two names', () => {
  test.each([
    ['中石化', '中国石油化工股份有限公司', 'abbreviation'],
    ['特发信息', '深圳市特发信息股份有限公司', 'abbreviation'],
    ['粤电力A', '广东电力发展股份有限公司', 'abbreviation'],
    ['*ST武商', '武汉武商集团股份有限公司', 'abbreviation'],
    ['上海名辉贸易有限公司', '上海明辉贸易有限公司', 'slip'],
    ['上海市明辉电子科技', '上海明辉电子科技有限公司', 'abbreviation'],
    ['shanghaiminghuimaoyi', '上海明辉贸易有限公司', 'sound'],
    ['Ming Hui Mao Yi', '上海明辉贸易有限公司', 'sound'],
    ['IBM', 'International Business Machines Corp.', 'acronym'],
    ["art's deli", "Art's Delicatessen", 'words'],
    ['Univ. of Wisconsin', 'University of Wisconsin', 'words'],
    ['Siemens AG', 'Seimens', 'slip'],
  ] as const)('%s and %s are found alike', (a, b, kind) => {
    const match = compare(a, b)

    expect(match).toMatchObject({ kind })
    expect(match.score).toBeGreaterThan(0.6)
  })

  test.each([
    ['东方电气股份有限公司', '东方电子股份有限公司'],
    ['上海明辉贸易有限公司', '深圳明辉贸易有限公司'],
    ['上海明辉贸易有限公司', '上海明辉物流有限公司'],
    ['上海明辉贸易有限公司', '上海明达贸易有限公司'],
    ['中国石化销售第12加油站', '中国石化销售第13加油站'],
    ['Customer 1', 'Customer 2'],
    ['University of California, Davis', 'University of California, Irvine'],
    ['General Foods', 'General Motors'],
    ['payh', '平安银行股份有限公司'],
  ])('%s and %s are not surely the same', (a, b) => {
    expect(compare(a, b).sure).toBe(false)
  })

  test('compare alike whichever comes first, and a name is like itself', () => {
    const names = [
      ...listedFirms.slice(0, 40).flatMap(({ short, full }) => [short, full]),
      'IBM',
      'International Business Machines',
      'payh',
    ]

    for (const a of names) {
      expect(compare(a, a)).toEqual({ score: 1, kind: 'equal', sure: true })
      for (const b of names) expect(Math.abs(compare(a, b).score - compare(b, a).score)).toBeLessThan(0.25)
    }
  })
})

describe('a check by names that are in the repository', async () => {
  const { index, offset, names } = await filled(0)

  test('finds the full name of a listed firm by its short name', async () => {
    const ranks = [await shortNames(index, listedFirms, offset), await shortNames(index, heldOutFirms, offset + listedFirms.length)]
    const [first, amongFive] = [ranks.reduce((n, one) => n + one.first, 0), ranks.reduce((n, one) => n + one.amongFive, 0)]

    expect(first / names.length).toBeGreaterThan(0.95)
    expect(amongFive / names.length).toBeGreaterThan(0.985)
    expect(ranks.map(({ without }) => without)).toEqual([0, 0])
  })

  test('finds a firm by what is typed wrong, or in pinyin', async () => {
    const ranks = [...(await typed(index, names, 15)).values()]
    const [asked, first] = [ranks.reduce((n, one) => n + one.asked, 0), ranks.reduce((n, one) => n + one.first, 0)]

    expect(first / asked).toBeGreaterThan(0.99)
  })

  test('does not take other firms with a similar stem for the same', async () => {
    const similar = await flagged(300)

    expect(similar.flagged / similar.asked).toBeLessThan(0.07)
  })

  test('matches two lists of restaurants and two of organisations', async () => {
    expect(await matched(restaurants)).toBeGreaterThan(0.95)
    expect(await matched(organisations)).toBeGreaterThan(0.85)
  })
})
