import { randomInt } from 'node:crypto'

/** Characters of firms' names, no two of one sound, so that invented names are no spelling variants of each other. */
const characters = [
  ...'安邦昌晨达德鼎恩飞丰富刚光国海翰恒宏华佳健江杰金景凯康科磊联龙明诺鹏普启强泉日荣瑞森胜顺泰腾通旺维祥信雄旭亚耀宇源泽正众卓',
]
const trades = ['五金', '纺织', '食品', '软件', '物流', '家具', '印刷', '照明']

/** The name of a firm that is like no other one. */
export const firmName = (): string =>
  `${Array.from({ length: 5 }, () => characters[randomInt(characters.length)]).join('')}${trades[randomInt(trades.length)]}`

/** A telephone number that nobody else has. */
export const firmPhone = (): string => `021-${randomInt(5000_0000, 6999_9999)}`
