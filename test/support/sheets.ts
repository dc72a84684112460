import type { Source } from '../../domain/platform/sheet/source.ts'
import { writeZip } from '../../domain/platform/sheet/write-zip.ts'

/** Bytes in memory, handed out in pieces of an odd size, so that every boundary falls somewhere inconvenient. */
export function sourceOf(content: string | Uint8Array, piece = 7): Source {
  const bytes = Buffer.from(content)
  return {
    size: bytes.length,
    async *read(start = 0, end = bytes.length) {
      for (let at = start; at < end; at += piece) yield bytes.subarray(at, Math.min(end, at + piece))
    },
  }
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const row of rows) found.push(row)
  return found
}

export const joined = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await all(pieces))

async function* once(text: string) {
  yield text
}

/** A zip archive of these files. */
export const zipOf = (files: Record<string, string>): Promise<Buffer> =>
  joined(writeZip(Object.entries(files).map(([name, text]) => ({ name, content: once(text) }))))

/** A workbook as spreadsheet programs write it: texts shared, formats in styles. `sheets` are the XML of the rows. */
export const bookOf = (
  sheets: Record<string, string>,
  more: { texts?: string; styles?: string; workbookPr?: string } = {},
): Promise<Buffer> => {
  const names = Object.keys(sheets)
  return zipOf({
    'xl/workbook.xml': `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r">${more.workbookPr ?? ''}<x:sheets>${names.map((name, i) => `<x:sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Target="/xl/worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ...(more.texts ? { 'xl/sharedStrings.xml': `<sst>${more.texts}</sst>` } : {}),
    ...(more.styles ? { 'xl/styles.xml': `<styleSheet>${more.styles}</styleSheet>` } : {}),
    ...Object.fromEntries(
      names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, `<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`]),
    ),
  })
}
