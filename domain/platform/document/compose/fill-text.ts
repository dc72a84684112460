import { isPlain, type ParsedText, parseText, renderText } from '../../template/liquid-text.ts'
import type { DocumentValues } from './document-values.ts'

/** Texts that were read before: a template's are the same for every document. */
const known = new Map<string, ParsedText>()
const mostKnown = 2_000

/** Fills the values of a document into a text of its template. Throws LiquidFault. */
export function fillText(text: string, values: DocumentValues): string {
  if (isPlain(text)) return text
  const parsed = known.get(text) ?? parseText(text)
  if (known.size >= mostKnown) known.clear()
  known.set(text, parsed)
  return renderText(parsed, values)
}
