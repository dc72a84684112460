import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { sheetFault } from './sheet-faults.ts'
import { bytesOf, type Source } from './source.ts'

/** A file in a zip archive. */
export interface ZipEntry {
  name: string
  method: number
  compressed: number
  /** Bytes unpacked, as the archive says. */
  size: number
  offset: number
}

const mostUnpacked = 300 * 1024 * 1024
const mostEntries = 2000
const endLength = 22
const longestComment = 65_535

/** The directory at the end of the archive; a problem for one that would unpack to too much, before anything is unpacked. */
export async function zipDirectory(source: Source): Promise<Map<string, ZipEntry>> {
  const from = Math.max(0, source.size - endLength - longestComment)
  const tail = await bytesOf(source, from, source.size)
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + endLength > tail.length) throw sheetFault('xlsx-malformed')
  const [count, length, start] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (count > mostEntries) throw sheetFault('zip-bomb')
  if (start + length > source.size) throw sheetFault('xlsx-malformed')
  const entries = entriesOf(await bytesOf(source, start, start + length), count)
  const unpacked = [...entries.values()].reduce((sum, entry) => sum + entry.size, 0)
  if (unpacked > mostUnpacked) throw sheetFault('zip-bomb')
  return entries
}

function entriesOf(directory: Buffer, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw sheetFault('xlsx-malformed')
    const [nameLength, extra, comment] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)]
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
    entries.set(name, {
      name,
      method: directory.readUInt16LE(at + 10),
      compressed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + extra + comment
  }
  return entries
}

const stored = 0
const deflated = 8

/** Unpacked as it is read; who stops reading stops both ends, and nothing is thrown at nobody. */
function inflated(packed: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  const inflate = createInflateRaw()
  pipeline(Readable.from(packed), inflate, () => {})
  return inflate
}

/** The unpacked bytes of an entry. It stops where they are more than the directory says: sizes that lie are how bombs pass. */
export async function* unzip(source: Source, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const header = await bytesOf(source, entry.offset, entry.offset + 30)
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw sheetFault('xlsx-malformed')
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = source.read(start, start + entry.compressed)
  if (entry.method !== stored && entry.method !== deflated) throw sheetFault('xlsx-malformed')
  let size = 0
  try {
    for await (const bytes of entry.method === stored ? packed : inflated(packed)) {
      size += bytes.length
      if (size > entry.size) throw sheetFault('zip-bomb')
      yield bytes
    }
  } catch (error) {
    throw (error as { code?: string }).code?.startsWith('Z_') ? sheetFault('xlsx-malformed') : error
  }
}
