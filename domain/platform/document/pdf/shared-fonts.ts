import imported, { type PdfDocumentClass } from 'pdfmake/js/PDFDocument.js'

/**
 * Fonts that documents share. pdfmake opens its fonts for each document: reads their tables, finds every glyph and its width again.
 * That is half the work of a page, and all of it the same each time; here a font is opened once and kept with the widths it has told.
 */

/** Node and bundlers disagree on what is the default of a CommonJS module that was an ES module once. */
const PdfDocument: PdfDocumentClass = 'default' in imported ? imported.default : imported

type FontName = 'regular' | 'bold' | 'regular-full' | 'bold-full'

/** The common characters, or all that there are. */
export type FontFamily = 'common' | 'full'

/** Reads the bytes of a font. */
export type FontSource = (name: FontName) => Buffer

/** A font as pdfkit sets text in it. */
interface EmbeddedFont {
  font: { hasGlyphForCodePoint(codePoint: number): boolean }
  layoutCache: Record<string, unknown>
}

interface PrintedDocument {
  fontCache: Record<string, EmbeddedFont>
  _fontCount: number
  _fontFamilies: Record<string, EmbeddedFont>
}

interface Opened {
  font: EmbeddedFont['font']
  embed(document: PrintedDocument): EmbeddedFont
}

const opened = new Map<FontName, Opened>()
/** Texts whose widths are kept for one font: a few MB. */
const mostTexts = 10_000

function open(bytes: Buffer): Opened {
  const opener = new PdfDocument({}, {}, {}, {}, { font: null, autoFirstPage: false })
  const first = opener.font(bytes)._font as EmbeddedFont & { constructor: new (...args: unknown[]) => EmbeddedFont }
  const { font, constructor: Embedded } = first
  let layouts: Record<string, unknown> = Object.create(null)
  const embed = (document: PrintedDocument) => {
    document._fontCount += 1
    const embedded = new Embedded(document, font, `F${document._fontCount}`)
    if (Object.keys(layouts).length > mostTexts) layouts = Object.create(null)
    embedded.layoutCache = layouts
    return embedded
  }
  return { font, embed }
}

/** A font by its name, opened when it is needed first. */
function fontOf(name: FontName, source: FontSource): Opened {
  const known = opened.get(name) ?? open(source(name))
  opened.set(name, known)
  return known
}

/** True when a font has every character of a text; line breaks and other controls are none. */
export function hasAll(name: FontName, text: string, source: FontSource): boolean {
  const { font } = fontOf(name, source)
  for (const character of new Set(text)) {
    const code = character.codePointAt(0)!
    if (code >= 0x20 && !font.hasGlyphForCodePoint(code)) return false
  }
  return true
}

/** Makes pdfmake take its fonts from here; their bold is the semi-bold weight. */
export function shareFonts(source: FontSource): void {
  PdfDocument.prototype.provideFont = function (this: PrintedDocument, family: FontFamily, bold: boolean): EmbeddedFont {
    const name: FontName = `${bold ? 'bold' : 'regular'}${family === 'full' ? '-full' : ''}`
    const font = this.fontCache[name] ?? fontOf(name, source).embed(this)
    this.fontCache[name] = font
    this._fontFamilies[name] = font
    return font
  }
}
