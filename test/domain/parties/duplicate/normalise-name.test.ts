import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseName } from '../../../../domain/parties/duplicate/normalise-name.ts'

const fullWidth = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

const hanWords = [
  '上海',
  '明辉',
  '贸易',
  '深圳市',
  '振业',
  '集团',
  '科技',
  '国际',
  '华',
  '中',
  '厂',
  '股份',
  '有限公司',
  '股份有限公司',
  'トヨタ',
  '臺灣',
]
const latinWords = [
  'Guanxi',
  'Trading',
  'Müller',
  'GmbH',
  'Co',
  'Ltd',
  'S.A.',
  'B.V.',
  '3M',
  'and',
  'The',
  "O'Neill",
  'Société',
  'Générale',
  'X',
]
const hanName = fc.array(fc.constantFrom(...hanWords), { minLength: 1, maxLength: 6 }).map((words) => words.join(''))
const latinName = fc.array(fc.constantFrom(...latinWords), { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
const anyName = fc.oneof(
  hanName,
  latinName,
  fc.tuple(latinName, hanName).map(([a, b]) => a + b),
)

describe('the normalised name', () => {
  test.each([
    ['上海明辉贸易有限公司', '上海 明辉（贸易）有限责任公司'],
    ['深圳市振业(集团)股份有限公司', '深圳市振业集团'],
    ['小明餐馆（个体工商户）', '小明餐馆'],
    ['臺灣積體電路製造股份有限公司', '台湾积体电路制造'],
    ['TCL 科技集团股份有限公司', 'ＴＣＬ科技'],
    ['トヨタ自動車株式会社', '㈱トヨタ自動車'],
    ['Toyota Motor K.K.', 'TOYOTA MOTOR'],
    ['Acme, Inc.', 'ACME Incorporated'],
    ['Acme Widgets LLC', 'Acme Widgets Limited Liability Company'],
    ['Marks & Spencer plc', 'Marks and Spencer Public Limited Company'],
    ['Müller GmbH & Co. KG', 'MULLER Gesellschaft mit beschränkter Haftung'],
    ['Vermeulen B.V.', 'vermeulen besloten vennootschap'],
    ['Société Générale S.A.', 'Societe Generale société anonyme'],
    ['SARL Dupont', 'Dupont SARL'],
    ['Barilla S.p.A.', 'Barilla S. p. A.'],
    ['Telefónica, S.A.', 'TELEFONICA Sociedad Anónima'],
    ['Ningbo Haitian Trading Co., Ltd.', 'Ningbo Haitian Trading Co.,Ltd'],
    ['Gebrüder Weiß Gesellschaft m.b.H.', 'GEBRÜDER WEISS GmbH'],
    ['삼성전자 주식회사', '㈜삼성전자'],
    ['주식회사포스코', '포스코(주)'],
    ['ООО «Ромашка»', 'Общество с ограниченной ответственностью "РОМАШКА"'],
    ['ПАО «Северсталь»', 'Северсталь, АО'],
    ['ИП Петров Иван', 'Индивидуальный предприниматель Петров Иван'],
    ['Żubr Sp. z o.o.', 'ZUBR spzoo'],
    ['Bohemia s.r.o.', 'BOHEMIA, s. r. o.'],
    ['Metalúrgica Gerdau S/A', 'Metalurgica Gerdau Ltda.'],
    ["Arnie Morton's", 'Arnie Mortons'],
  ])('of %s is that of %s', (one, other) => {
    expect(normaliseName(one)).toBe(normaliseName(other))
  })

  test.each([
    ['明辉贸易有限公司', '明辉贸易有限公司上海分公司'],
    ['上海明辉贸易有限公司', '上海明辉电子有限公司'],
    ['Costco', 'Costs Ltd'],
    ['Visa', 'Vi SA'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(normaliseName(one)).not.toBe(normaliseName(other))
  })

  test('is never empty, whatever a name is made of', () => {
    const odd = ['有限公司', '集团', 'Co., Ltd.', 'The Company', '!!!', '株式会社', '（）']

    expect(odd.map(normaliseName).every((name) => name.length > 0)).toBe(true)
  })

  test('is the same when it is normalised again', () => {
    fc.assert(
      fc.property(fc.oneof(anyName, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name))
      }),
    )
  })

  test('does not depend on width and case', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(normaliseName(fullWidth(name))).toBe(normaliseName(name))
        expect(normaliseName(name.toUpperCase())).toBe(normaliseName(name))
      }),
    )
  })

  test('does not depend on spaces and brackets', () => {
    const spaced = fc.tuple(hanName, fc.constantFrom(' ', '　', '\u00a0', '  '), fc.nat(), fc.nat())
    fc.assert(
      fc.property(spaced, ([name, space, a, b]) => {
        const [from, to] = [a % name.length, b % name.length].sort((x, y) => x - y) as [number, number]
        const inner = name.slice(from, to + 1)
        const bracketed = /^[株有同]$/.test(inner) ? name : `${name.slice(0, from)}（${inner}）${name.slice(to + 1)}`

        expect(normaliseName([...name].join(space))).toBe(normaliseName(name))
        expect(normaliseName(bracketed)).toBe(normaliseName(name))
      }),
    )
    fc.assert(
      fc.property(latinName, (name) => {
        expect(normaliseName(name.replaceAll(' ', '  '))).toBe(normaliseName(name))
        expect(normaliseName(`(${name})`)).toBe(normaliseName(name))
      }),
    )
  })
})
