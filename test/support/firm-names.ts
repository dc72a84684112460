import { randomInt } from 'node:crypto'

/** Characters of firms' names, no two of one sound, so that invented names are no spelling variants of each other. */
const characters = [
  ...'安邦昌晨达德鼎恩飞丰富刚光国海翰恒宏华佳健江杰金景凯康科磊联龙明诺鹏普启强泉日荣瑞森胜顺泰腾通旺维祥信雄旭亚耀宇源泽正众卓',
]
const trades = ['五金', '纺织', '食品', '软件', '物流', '家具', '印刷', '照明']

/** A prime, so that the sums below tell every two names apart. */
const sounds = 53
const firstPhone = 5000_0000
const phones = 2000_0000
/** Has no divisor in common with their number, so that each comes once. */
const phoneStep = 765_4321
/** Changes all five characters from one name to the next. */
const nameStep = 17 + 23 * sounds + 31 * sounds ** 2
let name = randomInt(sounds ** 3)
let phone = randomInt(phones)

/** The name of a firm that is like no other one: any two of a process differ in three characters of five at least. */
export function firmName(): string {
  name = (name + nameStep) % sounds ** 3
  const [a, b, c] = [name, Math.floor(name / sounds), Math.floor(name / sounds ** 2)].map((digit) => digit % sounds) as [
    number,
    number,
    number,
  ]
  const digits = [a, b, c, a + b + c, a + 2 * b + 3 * c]
  return `${digits.map((digit) => characters[digit % sounds]).join('')}${trades[randomInt(trades.length)]}`
}

/** A telephone number that nobody else has. */
export function firmPhone(): string {
  phone = (phone + phoneStep) % phones
  return `021-${firstPhone + phone}`
}
