import { type Firm, type FirmCustomer, nextContactOf, type Person } from './firm.ts'

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const givenNames = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '艳',
  '勇',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '建华',
  '晓东',
]
const cities = [
  ['上海市', '上海', '021'],
  ['北京市', '北京', '010'],
  ['广东省', '深圳', '0755'],
  ['广东省', '广州', '020'],
  ['浙江省', '杭州', '0571'],
  ['浙江省', '宁波', '0574'],
  ['江苏省', '苏州', '0512'],
  ['江苏省', '南京', '025'],
  ['山东省', '青岛', '0532'],
  ['四川省', '成都', '028'],
] as const
const firstWords = ['明', '华', '瑞', '恒', '鼎', '金', '宏', '泰', '盛', '嘉', '远', '博', '天', '新', '鑫', '隆', '兴', '和', '安', '永']
const secondWords = ['辉', '达', '丰', '信', '源', '昌', '凯', '诚', '洋', '科', '益', '腾', '元', '邦', '润', '捷', '航', '朗', '晟', '屹']
const trades = ['电子', '机械', '五金', '化工', '纺织', '食品', '医疗器械', '包装', '建材', '汽配']
const results = [
  '介绍了新产品，客户要样品',
  '谈了价格，等总经理决定',
  '对上批货的交期不满，已道歉',
  '计划下季度增加采购',
  '要求重新报价，数量 2000 件',
]

/** Numbers that look random and are the same on every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const domain = 'guanxi-demo.example'
const reps = 8

function people(pick: <T>(list: readonly T[]) => T): Person[] {
  const name = () => pick(surnames) + pick(givenNames)
  const manager: Person = { email: `manager@${domain}`, name: name(), department: '销售部', roles: ['manager'] }
  const team = Array.from({ length: reps }, (_, i) => ({
    email: `rep${i + 1}@${domain}`,
    name: name(),
    department: '销售部',
    roles: ['rep'],
    manager: manager.email,
  }))
  return [manager, ...team]
}

/** An invented trading company with that many customers; the same one for the same seed. */
export function inventedFirm(seed: number, customers: number): Firm {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  return {
    name: '关系国际贸易有限公司',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    locale: 'zh-CN',
    people: people(pick),
    customers: Array.from({ length: customers }, (_, n) => customerOf(n, pick, random)),
  }
}

function customerOf(n: number, pick: <T>(list: readonly T[]) => T, random: () => number): FirmCustomer {
  const [province, city, areaCode] = pick(cities)
  const trade = pick(trades)
  // The n-th pair of words, so that no two firms are called alike.
  const brand = firstWords[n % firstWords.length]! + secondWords[(Math.floor(n / firstWords.length) + n) % secondWords.length]!
  const digits = (length: number) => String(Math.floor(random() * 9 * 10 ** (length - 1)) + 10 ** (length - 1))
  const contact = pick(surnames) + pick(givenNames)
  return {
    owner: `rep${(n % reps) + 1}@${domain}`,
    fields: {
      name: `${city}${brand}${trade}有限公司`,
      shortName: `${brand}${trade}`,
      externalId: `DEMO-${n + 1}`,
      industry: trade,
      phones: [`${areaCode}-${digits(8)}`],
      level: pick(['key-major', 'key-secondary', 'ordinary', 'ordinary', 'small']),
      addresses: [{ kind: 'office', country: 'CN', province, city }],
    },
    contacts: [{ name: contact, title: pick(['采购经理', '总经理', '采购', '财务']), phones: [`13${digits(9)}`], primary: true }],
    visits: [
      { kind: 'visit', daysAgo: 40 + Math.floor(random() * 20), summary: pick(results), nextIn: -15 },
      { kind: 'call', daysAgo: 12 + Math.floor(random() * 10), summary: pick(results), nextIn: nextContactOf(n) },
    ],
  }
}
