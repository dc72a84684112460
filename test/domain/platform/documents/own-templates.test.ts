import { describe, expect, test } from 'vitest'
import { composeDocument } from '../../../../domain/platform/document/compose/compose-document.ts'
import { documentMailTexts } from '../../../../domain/platform/document/document-mail.ts'
import type { SalesDocumentView } from '../../../../domain/platform/document/document-view.ts'
import { documentHtml } from '../../../../domain/platform/document/html/document-html.ts'
import type { DocumentImage } from '../../../../domain/platform/document/letterhead.ts'
import { pdfDefinition } from '../../../../domain/platform/document/pdf/pdf-definition.ts'
import { sampleView } from '../../../../domain/platform/document/sample-views.ts'
import { defaultTemplate } from '../../../../domain/platform/document/template/default-template.ts'
import type { Block } from '../../../../domain/platform/document/template/layout.ts'
import { instalmentsText, paymentTermsText } from '../../../../domain/platform/document/wording/payment-terms-text.ts'
import { documentXlsx } from '../../../../domain/platform/document/xlsx/document-book.ts'
import { letterhead } from '../../../support/documents.ts'

const quote = sampleView('quote') as SalesDocumentView
const picture: DocumentImage = { type: 'png', bytes: Buffer.from('x'), width: 10, height: 5 }
const imageId = 'dim_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

/** A document of these blocks alone; one picture is there. */
const drawn = (blocks: Block[], view = quote) =>
  composeDocument(view, {
    template: { ...defaultTemplate('quote', 'en'), layout: { blocks } as never },
    letterhead,
    images: new Map([[imageId, picture]]),
  })
const text = (words: string, more: object = {}): Block => ({ type: 'text', text: words, ...more }) as Block

describe("a firm's own template", () => {
  test('may hold pictures, rules and room, on their own and in columns as wide as it says', () => {
    const image: Block = { type: 'image', imageId, width: 25.4 }
    const rest: Block[] = [{ type: 'rule' }, { type: 'space', height: 9 }, text('Bold\n\nend', { bold: true })]
    const composed = drawn([
      image,
      { type: 'columns', columns: [[{ ...image, align: 'right' }, rest[0]], [text('B')]], widths: [3, 1] } as Block,
      ...rest,
    ])

    const html = documentHtml(composed)
    const pdf = JSON.stringify(pdfDefinition([composed], 'common').content)

    expect(composed.blocks.map(({ type }) => type)).toEqual(['image', 'columns', 'rule', 'space', 'text'])
    expect(composed.blocks[0]).toMatchObject({ width: 72, align: 'left' })
    expect([html.match(/<img/g)?.length, html.match(/<hr>/g)?.length]).toEqual([2, 2])
    expect(html).toContain('class="space"')
    expect(html).toContain(' bold')
    expect(pdf).toContain('"width":"75%"')
    expect(pdf).toContain('"alignment":"right"')
  })

  test('leaves out pictures that are gone, and what comes out empty', () => {
    const gone: Block = { type: 'image', imageId: imageId.replace('3', '4'), width: 10 }

    expect(
      drawn([gone, text('{{ notes }}'), { type: 'columns', columns: [[gone as never], [text('{{ notes }}') as never]] } as Block], {
        ...quote,
        notes: '',
      }).blocks,
    ).toEqual([])
  })

  test('has no sums where prices are not to be shown', async () => {
    const { totals: _totals, ...unpriced } = quote
    const composed = drawn([{ type: 'totals' } as Block, text('end')], unpriced as SalesDocumentView)

    expect(composed.blocks.map(({ type }) => type)).toEqual(['text'])
    expect((await documentXlsx(composed)).length).toBeGreaterThan(1000)
  })

  test('is marked all over as a draft only where everything that is printed with it is one', () => {
    const [draft, sent] = [drawn([text('a')], { ...quote, state: 'draft' }), drawn([text('b')])]

    expect(pdfDefinition([draft, sent], 'common')).not.toHaveProperty('watermark')
    expect(pdfDefinition([draft], 'common')).toHaveProperty('watermark')
  })
})

test('a line without tax says so in the language of its document', () => {
  const view = { ...quote, lines: quote.lines.map((line) => ({ ...line, taxRate: 'exempt', deliverOn: '2026-12-01' })) }
  const shown = (['zh-CN', 'en'] as const).map((locale) =>
    JSON.stringify(composeDocument(view, { template: defaultTemplate('quote', locale), letterhead })),
  )

  expect([shown[0]!.includes('"免税"'), shown[1]!.includes('"exempt"')]).toEqual([true, true])
})

test.each([
  [
    { kind: 'monthly', from: 'shipment', cutoffDay: 31, months: 1, days: 0, payDay: 31 },
    '月结 1 个月（月末截止，月末付款）',
    'Monthly settlement, month-end cut-off, due 1 month later, paid on the last day of the month',
  ],
  [
    { kind: 'monthly', from: 'signed', cutoffDay: 25, months: 0, days: 30, payDay: 10 },
    '月结 30 天（每月 25 日截止，以签收日计，10 日付款）',
    'Monthly settlement, cut-off on day 25 of the month by date of receipt, due 30 days later, paid on day 10',
  ],
  [{ kind: 'days', from: 'signed', days: 0 }, '签收当日付款', 'Due on receipt'],
] as const)('the terms %j are worded', (terms, chinese, english) => {
  expect([paymentTermsText(terms as never, 'zh-CN'), paymentTermsText(terms as never, 'en')]).toEqual([chinese, english])
})

test('every instalment says when it falls due', () => {
  const parts = (['before-shipment', 'confirm'] as const).flatMap((trigger) => [0, 3].map((days) => ({ trigger, days, amount: '1.00' })))

  expect(instalmentsText(parts, 'CNY', 'en').split('\n')).toEqual([
    '1. ¥1.00 before shipment',
    '2. ¥1.00 3 days before shipment',
    '3. ¥1.00 on order confirmation',
    '4. ¥1.00 3 days after order confirmation',
  ])
  expect(instalmentsText(parts, 'CNY', 'zh-CN').split('\n')).toEqual([
    '第 1 期：发货前付 ¥1.00',
    '第 2 期：发货前 3 天付 ¥1.00',
    '第 3 期：订单确认时付 ¥1.00',
    '第 4 期：订单确认后 3 天内付 ¥1.00',
  ])
})

test('the mail of a document has a button only where there is a page, and the words of the firm below', () => {
  const template = defaultTemplate('quote', 'en')
  const [with_, without] = ['https://x.example/q/1', undefined].map((link) =>
    documentMailTexts(quote, { template, letterhead, message: 'Hello\nyou', ...(link ? { link } : {}) }),
  )

  expect(with_!.text).toContain('View and answer online: https://x.example/q/1')
  expect(without!.text).toBe(`Hello\nyou\n\n${letterhead.name}\n`)
  expect(without!.html).toContain('Hello<br>you')
  expect(documentMailTexts(quote, { template, letterhead: { name: 'F', bankAccounts: [] }, message: 'x' }).html).toMatch(/>F<\/p>/)
})
