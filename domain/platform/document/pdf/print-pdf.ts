import pdfmake from 'pdfmake'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Composed } from '../compose/composed.ts'
import { pdfDefinition } from './pdf-definition.ts'
import { type FontSource, hasAll, shareFonts } from './shared-fonts.ts'

/** Printing reaches for nothing by itself: pictures are part of the definition, fonts are given. */
function prepare(source: FontSource): void {
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  shareFonts(source)
}

/** All that is written on a document. */
const textOf = (composed: readonly Composed[]): string =>
  JSON.stringify(composed, (_, value) => (Buffer.isBuffer(value) || value?.type === 'Buffer' ? undefined : value))

/**
 * Prints documents of one paper into one PDF, each beginning on a page of its own and counting its own pages. Takes the fonts with the
 * common characters, or the whole ones when there is a rare character in the text.
 */
export async function printPdf(composed: readonly Composed[], source: FontSource): Promise<Buffer> {
  prepare(source)
  const family = hasAll('regular', textOf(composed), source) ? 'common' : 'full'
  const definition: TDocumentDefinitions = pdfDefinition(composed, family)
  return pdfmake.createPdf(definition).getBuffer()
}
