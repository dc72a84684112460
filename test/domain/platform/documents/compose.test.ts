import { describe, expect, test } from 'vitest'
import type { Composed, ComposedBlock, LinesBlock } from '../../../../domain/platform/document/compose/composed.ts'
import type { SalesDocumentView } from '../../../../domain/platform/document/document-view.ts'
import { papers, printableWidth } from '../../../../domain/platform/document/paper.ts'
import { sampleView } from '../../../../domain/platform/document/sample-views.ts'
import { instalmentsText, paymentTermsText } from '../../../../domain/platform/document/wording/payment-terms-text.ts'
import { composed, letterhead } from '../../../support/documents.ts'

const quote = sampleView('quote') as SalesDocumentView
const blocksOf = <T extends ComposedBlock['type']>({ blocks }: Composed, type: T) =>
  blocks.filter((block) => block.type === type) as Extract<ComposedBlock, { type: T }>[]
const linesOf = (document: Composed): LinesBlock => blocksOf(document, 'lines')[0]!
const headingsOf = (document: Composed) => linesOf(document).columns.map(({ heading }) => heading)
const everything = (document: Composed) => JSON.stringify(document)

const note = sampleView('delivery-note') as SalesDocumentView

describe('the columns of a delivery note', () => {
  const [order, po] = ['SO202611-0018', 'PO-2026-1187']
  const ofOne = { ...note, lines: note.lines.map((line) => ({ ...line, orderNumber: order, customerPo: po })) }

  test('leave out the order that its head names for all lines', () => {
    const two = {
      ...ofOne,
      orderNumbers: [order, 'SO202611-0019'],
      lines: [...ofOne.lines, { ...ofOne.lines[0]!, orderNumber: 'SO202611-0019' }],
    }

    expect(headingsOf(composed(ofOne))).not.toEqual(expect.arrayContaining(['订单号']))
    expect(headingsOf(composed(ofOne))).not.toEqual(expect.arrayContaining(['客户订单号']))
    expect(everything(composed(ofOne))).toContain(order)
    expect(headingsOf(composed(two))).toEqual(expect.arrayContaining(['订单号']))
    expect(headingsOf(composed(ofOne, { layout: { blocks: [{ type: 'lines' }] } }))).toEqual(
      expect.arrayContaining(['订单号', '客户订单号']),
    )
  })

  test('never break a figure while a text can be broken', () => {
    const wide = { model: 'SKF-BT2B-332767-A/HA1', spec: '内径 20×外径 47×宽 14 mm', customerPartNo: 'CPN-000123', quantity: '1234567.5' }
    const { columns } = linesOf(
      composed({
        ...ofOne,
        orderNumbers: [order, 'SO202611-0019'],
        lines: ofOne.lines.map((line) => ({ ...line, ...wide, amount: '261112.50' })),
      }),
    )

    expect(columns.filter(({ align, wraps }) => align === 'right' && wraps)).toEqual([])
  })
})

describe('a quote in its built-in template', () => {
  test('says who, what, how much and in words', () => {
    const document = composed(quote)

    expect(everything(document)).toContain('苏州恒信精密机械有限公司')
    expect(everything(document)).toContain('金额大写：人民币叁万叁仟捌佰元整')
    expect(everything(document)).toContain('月结 1 个月（每月 25 日截止）')
    expect(everything(document)).toContain('1001 2345 0920 0012 345')
    expect(document).toMatchObject({ title: '报价单 QT202611-0042', fileName: '报价单_QT202611-0042' })
  })

  test('adds up from the amounts of the lines to the total', () => {
    const [totals] = blocksOf(composed(quote), 'totals')

    expect(totals!.rows.map(({ label, text }) => [label, text])).toEqual([
      ['小计', '¥33,834.40'],
      ['优惠', '-¥34.40'],
      ['不含税金额', '¥30,098.33'],
      ['税额', '¥3,701.67'],
      ['价税合计', '¥33,800.00'],
    ])
  })

  test('tells prices with tax from those without', () => {
    expect(headingsOf(composed(quote))).toEqual(expect.arrayContaining(['含税单价', '含税金额']))
    expect(headingsOf(composed({ ...quote, pricesIncludeTax: false }))).toEqual(expect.arrayContaining(['不含税单价', '不含税金额']))
  })

  test('has no column, label or heading of what it does not have', () => {
    const { terms: _terms, notes: _notes, validUntil: _until, ...bare } = quote
    const lines = quote.lines.map(({ customerPartNo: _part, discountPercent: _discount, ...line }) => line)

    const document = composed({ ...bare, lines })

    expect(headingsOf(document)).toEqual(['序号', '品名', '型号', '规格', '数量', '单位', '含税单价', '税率', '含税金额'])
    expect(everything(document)).not.toMatch(/条款说明|备注|有效期至/)
  })

  test('speaks English throughout', () => {
    const { lines: _lines, customer: _customer, terms: _terms, notes: _notes, contactPerson: _person, ...facts } = quote
    const view = {
      ...facts,
      customer: { name: 'Bright Harbour GmbH' },
      lines: [{ description: 'Bearing', quantity: '1200', unitPrice: '1.7825', amount: '2139.00' }],
    }
    const from = { name: 'Guanxi Drives Co., Ltd.', bankAccounts: [] }

    const document = composed(
      { ...view, currency: 'USD', totals: { net: '2139.00', tax: '0.00', discount: '0.00', total: '2139.00' } },
      { locale: 'en' },
      from,
    )

    expect(everything(document)).not.toMatch(/\p{Script=Han}/u)
    expect(everything(document)).toContain('US dollars two thousand one hundred thirty-nine only')
    expect(linesOf(document).rows[0]!.map(({ text }) => text)).toEqual(['1', 'Bearing', '1,200', '1.7825', '2,139.00'])
  })

  test.each([
    ['draft', '草稿'],
    ['expired', '已过期'],
    ['superseded', '已被新版取代'],
    ['cancelled', '已作废'],
  ] as const)('that is %s says so on every page', (state, word) => {
    const document = composed({ ...quote, state })

    expect(document.watermark).toBe(word)
    expect(blocksOf(document, 'letterhead')[0]!.subtitle).toContain(word)
  })

  test('shows the bank only where there is one, and the seal where it was asked for', () => {
    const seal = { type: 'png' as const, bytes: Buffer.from(''), width: 1, height: 1 }

    const document = composed(quote, {}, { ...letterhead, bankAccounts: [], seal })

    expect(everything(document)).not.toContain('收款账户')
    expect(blocksOf(document, 'signatures')[0]!.parties.map((party) => party.seal !== undefined)).toEqual([true, false])
  })
})

test.each(papers)('the columns fill %s exactly, however long the texts are', (paper) => {
  const long = quote.lines.map((line) => ({ ...line, spec: 'Außendurchmesser 1200 mm '.repeat(8), unitPrice: '1234567.891234' }))

  for (const view of [quote, { ...quote, lines: long }]) {
    const widths = linesOf(composed(view, { paper })).columns.map(({ width }) => width)

    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(printableWidth(paper), 3)
    expect(Math.min(...widths)).toBeGreaterThan(8)
  }
})

test('a continuous form names the customer and the signers without colour', () => {
  const document = composed(sampleView('delivery-note'), { paper: '241x140' })

  expect(document.footer).toMatch(/制单.*送货人.*收货单位/)
  expect(blocksOf(document, 'letterhead')[0]!.style).toBe('centred')
  expect(everything(document)).toContain('江苏省苏州市工业园区星湖街 328 号 2 号仓库')
})

test('a statement carries its movements with their balance', () => {
  const { rows, columns } = linesOf(composed(sampleView('statement')))

  expect(columns.at(-1)!.heading).toBe('余额')
  expect(rows.map((row) => row.at(-1)!.text)).toEqual(['25,000.00', '35,670.40', '15,670.40', '15,634.40'])
})

describe('terms of payment in words', () => {
  test.each([
    [{ kind: 'prepaid' }, '款到发货', 'Payment in advance'],
    [{ kind: 'days', from: 'shipment', days: 30 }, '发货后 30 天内付款', '30 days from delivery'],
    [{ kind: 'days', from: 'signed', days: 0 }, '签收当日付款', 'Due on receipt'],
    [{ kind: 'days', from: 'signed', days: 1 }, '签收后 1 天内付款', '1 day from receipt'],
    [{ kind: 'monthly', from: 'shipment', cutoffDay: 31 }, '月结（月末截止）', 'Monthly settlement, month-end cut-off'],
    [
      { kind: 'monthly', from: 'signed', cutoffDay: 25, months: 2, days: 10, payDay: 5 },
      '月结 2 个月零 10 天（每月 25 日截止，以签收日计，5 日付款）',
      'Monthly settlement, cut-off on day 25 of the month by date of receipt, due 2 months and 10 days later, paid on day 5',
    ],
  ] as const)('%j', (terms, chinese, english) => {
    expect([paymentTermsText(terms, 'zh-CN'), paymentTermsText(terms, 'en')]).toEqual([chinese, english])
  })

  test('instalments, one a line', () => {
    const parts = [
      { trigger: 'confirm' as const, amount: '300.00' },
      { trigger: 'before-shipment' as const, days: 3, amount: '300.00' },
      { trigger: 'date' as const, on: '2026-12-31', amount: '400.00' },
    ]

    expect(instalmentsText(parts, 'CNY', 'zh-CN')).toBe(
      '第 1 期：订单确认时付 ¥300.00\n第 2 期：发货前 3 天付 ¥300.00\n第 3 期：2026年12月31日付 ¥400.00',
    )
    expect(instalmentsText(parts, 'CNY', 'en')).toBe(
      '1. ¥300.00 on order confirmation\n2. ¥300.00 3 days before shipment\n3. ¥400.00 31 Dec 2026',
    )
  })
})
