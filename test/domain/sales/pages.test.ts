import { describe, expect, test } from 'vitest'
import type { SalesDocumentView, StatementView } from '../../../domain/platform/document/document-view.ts'
import { sampleView } from '../../../domain/platform/document/sample-views.ts'
import { presentDocument } from '../../../domain/sales/document-page/present-document.ts'
import { renderQuotePage } from '../../../domain/sales/quote-page/render-page.ts'
import { renderStatementPage } from '../../../domain/sales/statement-page/render-page.ts'
import type { StatementPage } from '../../../domain/sales/statement-page/statement-page.ts'

/** What a page says, without its marks. */
const said = (page: string) =>
  page
    .replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]*>/g, '|')
    .replace(/[|\s]+/g, ' ')

describe('the lines of a document on its page', () => {
  const line = { description: 'Bearing', quantity: '10' }
  const view: SalesDocumentView = { kind: 'quote', number: 'Q-1', date: '2026-11-20', currency: 'CNY', customer: { name: 'C' }, lines: [] }

  test('say what they have, the discount among it', () => {
    const priced = { ...line, model: '6204', unit: 'pcs', unitPrice: '1234.5', discountPercent: '5', amount: '11727.75', note: 'soon' }

    expect([
      presentDocument({ ...view, lines: [priced] }, 'en').lines,
      presentDocument({ ...view, lines: [priced] }, 'zh-CN').lines,
    ]).toEqual([
      [{ description: 'Bearing', details: '6204 · 5% off', note: 'soon', quantity: '10 pcs', price: '1,234.50', amount: '¥11,727.75' }],
      [expect.objectContaining({ details: '6204 · 优惠 5%' })],
    ])
  })

  test('say no price where none is to be shown, nor sums or terms', () => {
    expect(presentDocument({ ...view, lines: [{ ...line, discountPercent: '0' }] }, 'en')).toEqual({
      lines: [{ description: 'Bearing', details: '', note: '', quantity: '10', price: '', amount: '' }],
      totals: [],
      words: '',
      paymentTerms: '',
    })
    expect(presentDocument({ ...view, paymentTerms: { kind: 'prepaid' } }, 'en').paymentTerms).toBe('Payment in advance')
  })
})

describe('the page of a quote', () => {
  const view = { ...(sampleView('quote') as SalesDocumentView), revision: 2 }
  const page = { ...presentDocument(view, 'en'), locale: 'en' as const, nonce: 'n', pdf: '/pdf', view, firm: { name: 'Firm' } }

  test('names its revision, and asks for an answer while it is open', () => {
    const shown = said(renderQuotePage({ ...page, status: 'sent' }))

    expect(shown).toContain('QT202611-0042 · Revision 2')
    expect(shown).toMatch(/Accept/)
  })

  test('that another revision took the place of leads to that one, and takes no answer', () => {
    const html = renderQuotePage({ ...page, status: 'superseded', newer: 'https://x.example/q/new' })

    expect(html).toContain('href="https://x.example/q/new"')
    expect(html).not.toContain('<form')
  })

  test('that was decided by paper says on which day', () => {
    const shown = said(renderQuotePage({ ...page, status: 'accepted', decision: { at: '', on: '2026-11-21', online: false } as never }))

    expect(shown).toContain('21 Nov 2026')
  })
})

describe('the page of a statement', () => {
  const { contactPerson: _person, ...view } = sampleView('statement') as StatementView
  const page: StatementPage = { locale: 'en', nonce: 'n', pdf: '/pdf', view, firm: { name: 'Firm' }, closing: 1, isAnswered: false }
  const movements: StatementView['movements'] = [
    {
      on: '2026-11-02',
      kind: 'shipment',
      number: 'SN-1',
      description: 'Bearing',
      quantity: '10',
      unit: 'pcs',
      unitPrice: '2.5',
      charge: '25.00',
      balance: '25.00',
    },
    { on: '2026-11-03', kind: 'receipt', payment: '20.00', balance: '5.00' },
    { on: '2026-11-04', kind: 'reversal', payment: '-20.00', balance: '25.00' },
  ]

  test('shows what was bought as it was priced, payments taken off, and those taken back put on again', () => {
    const shown = said(renderStatementPage({ ...page, view: { ...view, movements } }))

    expect(shown).toContain('SN-1 · Bearing · 10 pcs × 2.50 ¥25.00')
    expect(shown).toMatch(/3 Nov 2026 -¥20\.00 .*4 Nov 2026 ¥20\.00/)
    expect(shown).toContain('26 Oct 2026 to 25 Nov 2026')
  })

  test('says that nothing moved, and whom to call where nobody answers for it', () => {
    const shown = said(
      renderStatementPage({ ...page, view: { ...view, movements: [] }, firm: { name: 'Firm', phone: '+86 21 1', email: 'a@b.example' } }),
    )

    expect(shown).toMatch(/Nothing|No movements|no movements/)
    expect(shown).toContain('+86 21 1 a@b.example')
  })

  test('says by whom it was answered where that is known, and that it changed since', () => {
    const answer = { kind: 'confirmed' as const, on: '2026-12-02', at: '', online: false, closing: 1 }

    expect(said(renderStatementPage({ ...page, answer, isAnswered: true }))).toContain('2 Dec 2026')
    expect(said(renderStatementPage({ ...page, answer: { ...answer, by: 'Li' } }))).toContain('Li · 2 Dec 2026')
  })
})
