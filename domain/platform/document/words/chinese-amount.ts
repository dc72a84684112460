/**
 * Amounts in the capital figures of Chinese bookkeeping (大写), by the rules of the central bank for filling in bills
 * (正确填写票据和结算凭证的基本规定): 整 after 元 when there is nothing below it and none after 角 or 分; one 零 for any number of zeros
 * between figures, and before 角 when the 元 end in a zero.
 */

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const places = ['', '拾', '佰', '仟']

/** A number below ten thousand, without a zero in front. */
function upToThousands(value: number): string {
  let words = ''
  let pendingZero = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) pendingZero = words !== ''
    else {
      words += `${pendingZero ? digits[0] : ''}${digits[digit]}${places[place]}`
      pendingZero = false
    }
  }
  return words
}

/** The part above a unit (万, 亿), the unit, and the rest, with 零 where the rest does not fill its first place. */
function joined(high: number, unit: string, size: number, rest: number): string {
  if (rest === 0) return `${wholeInChinese(high)}${unit}`
  return `${wholeInChinese(high)}${unit}${rest < size / 10 ? digits[0] : ''}${wholeInChinese(rest)}`
}

/** A whole number in capital figures; 零 for 0. Right up to 9,007,199,254,740,991 and further than money goes. */
export function wholeInChinese(value: number): string {
  if (value === 0) return digits[0]!
  if (value < 10_000) return upToThousands(value)
  if (value < 100_000_000) return joined(Math.floor(value / 10_000), '万', 10_000, value % 10_000)
  return joined(Math.floor(value / 100_000_000), '亿', 100_000_000, value % 100_000_000)
}

/** An amount of hundredths in 元, 角, 分; a negative one begins with 负. */
export function yuanInChinese(hundredths: number): string {
  const amount = Math.abs(hundredths)
  const [yuan, jiao, fen] = [Math.floor(amount / 100), Math.floor(amount / 10) % 10, amount % 10]
  const sign = hundredths < 0 ? '负' : ''
  if (jiao === 0 && fen === 0) return `${sign}${wholeInChinese(yuan)}元整`
  const whole = yuan > 0 ? `${wholeInChinese(yuan)}元` : ''
  const zero = yuan > 0 && (jiao === 0 || yuan % 10 === 0) ? digits[0] : ''
  return `${sign}${whole}${zero}${jiao > 0 ? `${digits[jiao]}角` : ''}${fen > 0 ? `${digits[fen]}分` : ''}`
}

/** A number with its decimals read out one by one behind 点, for currencies that have no 角 and 分. */
export function decimalInChinese(units: number, decimals: number): string {
  const amount = Math.abs(units)
  const scale = 10 ** decimals
  const rest =
    decimals === 0
      ? ''
      : String(amount % scale)
          .padStart(decimals, '0')
          .replace(/0+$/, '')
  const behind = rest ? `点${[...rest].map((digit) => digits[Number(digit)]).join('')}` : ''
  return `${units < 0 ? '负' : ''}${wholeInChinese(Math.floor(amount / scale))}${behind}`
}
