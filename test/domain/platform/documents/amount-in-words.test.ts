import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountInWords } from '../../../../domain/platform/document/words/amount-in-words.ts'
import { wholeInChinese, yuanInChinese } from '../../../../domain/platform/document/words/chinese-amount.ts'
import { wholeInEnglish } from '../../../../domain/platform/document/words/english-amount.ts'

describe('Chinese capital figures', () => {
  test.each([
    // The examples of the central bank's rules.
    [140_950, '壹仟肆佰零玖元伍角'],
    [600_714, '陆仟零柒元壹角肆分'],
    [168_032, '壹仟陆佰捌拾元零叁角贰分'],
    [10_700_053, '壹拾万柒仟元零伍角叁分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [32_504, '叁佰贰拾伍元零肆分'],
    // Nothing below the yuan, nothing above it, nothing at all.
    [0, '零元整'],
    [1, '壹分'],
    [10, '壹角'],
    [11, '壹角壹分'],
    [50, '伍角'],
    [100, '壹元整'],
    [101, '壹元零壹分'],
    [110, '壹元壹角'],
    [1_000, '壹拾元整'],
    [1_050, '壹拾元零伍角'],
    [10_100, '壹佰零壹元整'],
    [101_000, '壹仟零壹拾元整'],
    [100_100, '壹仟零壹元整'],
    [3_380_000, '叁万叁仟捌佰元整'],
    // Zeros around 万 and 亿.
    [1_000_000, '壹万元整'],
    [1_000_100, '壹万零壹元整'],
    [1_001_000, '壹万零壹拾元整'],
    [1_010_000, '壹万零壹佰元整'],
    [1_100_000, '壹万壹仟元整'],
    [10_000_000, '壹拾万元整'],
    [10_000_100, '壹拾万零壹元整'],
    [100_100_000, '壹佰万壹仟元整'],
    [1_001_000_000, '壹仟零壹万元整'],
    [10_000_000_000, '壹亿元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [10_500_000_000, '壹亿零伍佰万元整'],
    [20_005_000_000, '贰亿零伍万元整'],
    [11_000_000_000, '壹亿壹仟万元整'],
    [100_000_000_000, '壹拾亿元整'],
    [1_000_000_000_000, '壹佰亿元整'],
    [10_000_000_000_000, '壹仟亿元整'],
    // 万亿: ten thousand times 亿.
    [100_000_000_000_000, '壹万亿元整'],
    [100_000_000_000_100, '壹万亿零壹元整'],
    [100_010_000_000_000, '壹万零壹亿元整'],
    [100_000_100_000_000, '壹万亿零壹佰万元整'],
    [123_456_789_012_345, '壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分'],
    [9_007_199_254_740_991, '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
    [-140_950, '负壹仟肆佰零玖元伍角'],
    [-100, '负壹元整'],
  ])('%i hundredths are %s', (hundredths, words) => {
    expect(yuanInChinese(hundredths)).toBe(words)
  })

  /** Reads capital figures back, by what the words mean and not by how they were made. */
  function read(words: string): bigint {
    const [before, after] = words.split(/亿(?!.*亿)/)
    if (after !== undefined) return read(before!) * 100_000_000n + read(after)
    const [high, low] = words.split('万')
    if (low !== undefined) return read(high!) * 10_000n + read(low)
    const figures = [...words.matchAll(/([壹贰叁肆伍陆柒捌玖])([仟佰拾]?)/g)]
    const worth = (place: string) => (place === '' ? 1n : 10n ** BigInt('拾佰仟'.indexOf(place) + 1))
    return figures.reduce((sum, [, digit, place]) => sum + BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(digit!)) * worth(place!), 0n)
  }

  test('any whole number is read back as itself, without a zero too many', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.maxSafeNat(), fc.nat(100_100)), (value) => {
        const words = wholeInChinese(value)

        expect(read(words)).toBe(BigInt(value))
        if (value > 0) expect(words).not.toMatch(/零零|零$|^零|零[万亿仟佰拾]/)
      }),
    )
  })
})

describe('English words', () => {
  test.each([
    [0, 'zero'],
    [13, 'thirteen'],
    [20, 'twenty'],
    [21, 'twenty-one'],
    [100, 'one hundred'],
    [110, 'one hundred ten'],
    [999, 'nine hundred ninety-nine'],
    [1_000, 'one thousand'],
    [1_001, 'one thousand one'],
    [33_800, 'thirty-three thousand eight hundred'],
    [1_000_000, 'one million'],
    [12_345_678, 'twelve million three hundred forty-five thousand six hundred seventy-eight'],
    [2_000_000_000, 'two billion'],
    [
      90_071_992_547_409,
      'ninety trillion seventy-one billion nine hundred ninety-two million five hundred forty-seven thousand four hundred nine',
    ],
  ])('%i is %s', (value, words) => {
    expect(wholeInEnglish(value)).toBe(words)
  })
})

describe('the words of an amount', () => {
  test.each([
    ['33800.00', 'CNY', '人民币叁万叁仟捌佰元整', 'Chinese yuan thirty-three thousand eight hundred only'],
    ['1234.50', 'USD', '美元壹仟贰佰叁拾肆元伍角', 'US dollars one thousand two hundred thirty-four and 50/100 only'],
    ['0.05', 'EUR', '欧元伍分', 'Euros zero and 05/100 only'],
    ['1234.56', 'GBP', '英镑壹仟贰佰叁拾肆点伍陆', 'British pounds one thousand two hundred thirty-four and 56/100 only'],
    ['500', 'JPY', '日元伍佰', 'Japanese yen five hundred only'],
    ['12.345', 'KWD', '科威特第纳尔壹拾贰点叁肆伍', 'Kuwaiti dinars twelve and 345/1000 only'],
    ['-20.00', 'CNY', '人民币负贰拾元整', 'Chinese yuan minus twenty only'],
  ])('%s %s', (amount, currency, chinese, english) => {
    expect(amountInWords({ amount, currency }, 'zh-CN')).toBe(chinese)
    expect(amountInWords({ amount, currency }, 'en')).toBe(english)
  })
})
