import { type XmlListener, xmlReader } from './parse-xml.ts'
import { sheetFault } from './sheet-faults.ts'
import type { Source } from './source.ts'
import { type TextStore, textStore } from './text-store.ts'
import { unzip, type ZipEntry, zipDirectory } from './zip-directory.ts'

/** What has to be known of a workbook to read one of its sheets. */
export interface Book {
  source: Source
  sheets: { name: string; entry: ZipEntry }[]
  /** Texts that cells refer to by number. */
  texts: TextStore
  /** Whether each cell format shows a date. */
  dates: boolean[]
  /** Days are counted from 1904. */
  from1904: boolean
}

const mostTextBytes = 64 * 1024 * 1024

/** Reads a part of the book through to its end. */
async function readPart(source: Source, entry: ZipEntry, listener: XmlListener): Promise<void> {
  const feed = xmlReader(listener)
  const decoder = new TextDecoder()
  for await (const bytes of unzip(source, entry)) feed(decoder.decode(bytes, { stream: true }))
}

/** Opens a workbook: its sheets by name, the texts and formats that cells refer to. */
export async function openBook(source: Source): Promise<Book> {
  const entries = await zipDirectory(source)
  const part = (name: string) => entries.get(name.replace(/^\//, ''))
  const workbook = part('xl/workbook.xml')
  const links = part('xl/_rels/workbook.xml.rels')
  if (!workbook || !links) throw sheetFault('xlsx-malformed')
  const targets = await targetsOf(source, links)
  const sheets: Book['sheets'] = []
  let from1904 = false
  await readPart(source, workbook, {
    open: (name, attribute) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute('date1904') ?? '')
      const target = name === 'sheet' ? targets.get(attribute('r:id') ?? attribute('id') ?? '') : undefined
      const entry = target ? (part(target) ?? part(`xl/${target}`)) : undefined
      if (entry) sheets.push({ name: attribute('name') ?? '', entry })
    },
  })
  if (sheets.length === 0) throw sheetFault('xlsx-malformed')
  const [texts, styles] = [part('xl/sharedStrings.xml'), part('xl/styles.xml')]
  if (texts && texts.size > mostTextBytes) throw sheetFault('zip-bomb')
  return {
    source,
    sheets,
    from1904,
    texts: texts ? await textsOf(source, texts) : textStore(),
    dates: styles ? await datesOf(source, styles) : [],
  }
}

async function targetsOf(source: Source, links: ZipEntry): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await readPart(source, links, {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '')
    },
  })
  return targets
}

/** Texts, put together from their runs; how they are pronounced (rPh) is no part of them. */
async function textsOf(source: Source, entry: ZipEntry): Promise<TextStore> {
  const texts = textStore()
  let [text, isText, phonetic] = ['', false, false]
  await readPart(source, entry, {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      isText = name === 't' && !phonetic
    },
    text: (piece) => {
      if (isText) text += piece
    },
    close: (name) => {
      if (name === 'si') texts.add(unescaped(text))
      if (name === 'rPh') phonetic = false
      isText = false
    },
  })
  return texts
}

/** Characters that XML cannot hold are written as `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))) : text

/** Numbers of the formats of dates and times that every program knows (ECMA-376, 18.8.30, with those of East Asia). */
const isDateFormat = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
const showsDate = (format: string) => /[ymdhs年月日]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''))

async function datesOf(source: Source, entry: ZipEntry): Promise<boolean[]> {
  const own = new Map<number, boolean>()
  const dates: boolean[] = []
  let inCells = false
  await readPart(source, entry, {
    open: (name, attribute) => {
      if (name === 'numFmt') own.set(Number(attribute('numFmtId')), showsDate(attribute('formatCode') ?? ''))
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells) return
      const id = Number(attribute('numFmtId') ?? 0)
      dates.push(own.get(id) ?? isDateFormat(id))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return dates
}
