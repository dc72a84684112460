import type { ZipPart } from './write-zip.ts'

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const contents = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Characters that XML cannot hold are left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: leaving them out is the point
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Text that looks like the notation of such a character is told from it by writing its own underscore that way. */
export const escaped = (text: string) =>
  text
    .replace(forbidden, '')
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (char) => entities[char]!)

/** A part that is one text. */
export async function* once(text: string): AsyncGenerator<string> {
  yield declaration + text
}

const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
const relations = (...all: string[]) => `<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`

const types = `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${contents}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${contents}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${contents}.worksheet+xml"/></Types>`

/**
 * The parts of a workbook of one sheet, but for the sheet, which stands at `sheetPart`. Name, styles and `more` of the workbook are
 * XML already.
 */
export const workbookParts = (sheet: string, styles: string, more = ''): ZipPart[] =>
  [
    ['[Content_Types].xml', types],
    ['_rels/.rels', relations(relation('r1', 'officeDocument', 'xl/workbook.xml'))],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheet}" sheetId="1" r:id="r1"/></sheets>${more}</workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relations(relation('r1', 'worksheet', 'worksheets/sheet1.xml'), relation('r2', 'styles', 'styles.xml'))],
    ['xl/styles.xml', styles],
  ].map(([name, text]) => ({ name: name!, content: once(text!) }))

export const sheetPart = 'xl/worksheets/sheet1.xml'
