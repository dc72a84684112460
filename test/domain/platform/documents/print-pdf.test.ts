import { registerHooks } from 'node:module'
import { expect, test } from 'vitest'
import type { SalesDocumentView } from '../../../../domain/platform/document/document-view.ts'
import { printPdf } from '../../../../domain/platform/document/pdf/print-pdf.ts'
import { sampleView } from '../../../../domain/platform/document/sample-views.ts'
import { builtFontSource, composed, pagesOf } from '../../../support/documents.ts'

const quote = sampleView('quote') as SalesDocumentView
const asked: string[] = []
const fonts = await builtFontSource(asked)

test('a quote of five lines is one page of PDF with its own subset of the font', async () => {
  const pdf = await printPdf([composed(quote)], fonts)

  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pagesOf(pdf)).toBe(1)
  expect(pdf.length).toBeLessThan(100_000)
  expect(pdf.toString('latin1')).toContain('NotoSansSC-Regular')
})

test('forty lines go over pages, many documents into one file, each on pages of its own', async () => {
  const lines = Array.from({ length: 40 }, (_, i) => quote.lines[i % 5]!)
  const note = sampleView('delivery-note') as SalesDocumentView
  const notes = Array.from({ length: 5 }, (_, i) => composed({ ...note, number: `DN-${i}` }, { paper: '241x140' }))

  expect(pagesOf(await printPdf([composed({ ...quote, lines })], fonts))).toBe(3)
  expect(pagesOf(await printPdf(notes, fonts))).toBe(5)
})

test('a template with nothing but columns that the document does not fill shows them empty', async () => {
  const view = composed(sampleView('delivery-note'), { paper: '241x280', columns: [{ field: 'gross' }] })

  expect(pagesOf(await printPdf([view], fonts))).toBe(1)
})

test('a cell longer than a page is printed to its end', async () => {
  const pdf = await printPdf([composed({ ...quote, lines: [{ ...quote.lines[0]!, note: '备注很长。'.repeat(800) }] })], fonts)

  expect(pagesOf(pdf)).toBeGreaterThan(1)
})

/** Fonts are kept by a module, and other tests may have had them opened: what prints is loaded once more with all of its own folder. */
async function freshPrinter(): Promise<{ printPdf: typeof printPdf }> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context)
      const isOwn = context.parentURL?.endsWith('?fresh') && found.url.includes('/document/pdf/')
      return isOwn ? { ...found, url: `${found.url}?fresh` } : found
    },
  })
  const module = '../../../../domain/platform/document/pdf/print-pdf.ts?fresh'
  return import(module).finally(() => hooks.deregister())
}

test('the whole font is read for a rare character alone', async () => {
  const fresh = await freshPrinter()
  await fresh.printPdf([composed(quote)], fonts)
  expect(asked).not.toContain('regular-full')

  const pdf = await fresh.printPdf([composed({ ...quote, customer: { name: '龑彧贸易有限公司' } })], fonts)

  expect(asked).toContain('regular-full')
  expect(pagesOf(pdf)).toBe(1)
})

test('nothing is fetched for a document, whatever a text says', async () => {
  const pdf = await printPdf([composed({ ...quote, notes: 'http://127.0.0.1:1/x.png data:image/png;base64,AAAA' })], fonts)

  expect(pagesOf(pdf)).toBe(1)
})
