import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A file to be put into an archive, written as it comes. */
export interface ZipPart {
  name: string
  content: AsyncIterable<string | Uint8Array>
}

interface Written {
  name: Buffer
  crc: number
  compressed: number
  size: number
  offset: number
}

/** Sizes and check sum follow the data, and names are UTF-8. */
const flags = 0x0808
const deflated = 8
/** 1 January 1980: the same content is always the same file. */
const date = 0x0021

/** The fields that the header of a part and its entry in the directory share. */
function common(bytes: Buffer, at: number, { name, crc, compressed, size }: Written): void {
  bytes.writeUInt16LE(20, at)
  bytes.writeUInt16LE(flags, at + 2)
  bytes.writeUInt16LE(deflated, at + 4)
  bytes.writeUInt16LE(date, at + 8)
  bytes.writeUInt32LE(crc, at + 10)
  bytes.writeUInt32LE(compressed, at + 14)
  bytes.writeUInt32LE(size, at + 18)
  bytes.writeUInt16LE(name.length, at + 22)
}

function localHeader(part: Written): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.writeUInt32LE(0x04034b50, 0)
  common(bytes, 4, { ...part, crc: 0, compressed: 0, size: 0 })
  return Buffer.concat([bytes, part.name])
}

function descriptor({ crc, compressed, size }: Written): Buffer {
  const bytes = Buffer.alloc(16)
  for (const [i, value] of [0x08074b50, crc, compressed, size].entries()) bytes.writeUInt32LE(value, 4 * i)
  return bytes
}

function directoryEntry(part: Written): Buffer {
  const bytes = Buffer.alloc(46)
  bytes.writeUInt32LE(0x02014b50, 0)
  bytes.writeUInt16LE(20, 4)
  common(bytes, 6, part)
  bytes.writeUInt32LE(part.offset, 42)
  return Buffer.concat([bytes, part.name])
}

function endOfDirectory(count: number, length: number, start: number): Buffer {
  const bytes = Buffer.alloc(22)
  bytes.writeUInt32LE(0x06054b50, 0)
  bytes.writeUInt16LE(count, 8)
  bytes.writeUInt16LE(count, 10)
  bytes.writeUInt32LE(length, 12)
  bytes.writeUInt32LE(start, 16)
  return bytes
}

/** A zip archive, piece by piece: no part of it is ever held whole. */
export async function* writeZip(parts: ZipPart[]): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const part: Written = { name: Buffer.from(name), crc: 0, compressed: 0, size: 0, offset }
    const header = localHeader(part)
    yield header
    async function* counted() {
      for await (const piece of content) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
        part.crc = crc32(bytes, part.crc)
        part.size += bytes.length
        yield bytes
      }
    }
    for await (const bytes of Readable.from(counted()).compose(createDeflateRaw({ level: 6 }))) {
      part.compressed += bytes.length
      yield bytes
    }
    yield descriptor(part)
    written.push(part)
    offset += header.length + part.compressed + 16
  }
  const directory = Buffer.concat(written.map(directoryEntry))
  yield directory
  yield endOfDirectory(written.length, directory.length, offset)
}
