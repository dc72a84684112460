import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { jpegSize, pngSize } from '../../../../domain/platform/document/image/read-image-size.ts'

const chunk = (type: string, data: Buffer) => {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  return Buffer.concat([head, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}

/** A PNG of grey pixels; `rows` are as many bytes as its header promises unless said otherwise. */
function png({ width = 3, height = 2, depth = 8, color = 0, interlaced = 0, rows = 8 } = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, color, 0, 0, interlaced], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(rows))), chunk('IEND', Buffer.alloc(0))])
}

/** A JPEG with a table before its frame. */
function jpeg({ width = 3, height = 2, colours = 3, frame = 0xc0, table = [0xff, 0xc4, 0, 4, 1, 2] } = {}): Buffer {
  const header = Buffer.from([0xff, frame, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, colours])
  return Buffer.concat([Buffer.from([0xff, 0xd8, ...table]), header, Buffer.alloc(11), Buffer.from([0xff, 0xd9])])
}

const size = { width: 3, height: 2 }

describe('a PNG', () => {
  test.each([
    ['is as large as its header says', png(), size],
    ['that is interlaced is not printed', png({ interlaced: 1 }), undefined],
    ['of 16 bits is not printed', png({ depth: 16, rows: 14 }), undefined],
    ['of an unknown kind of colours is not printed', png({ color: 5 }), undefined],
    ['larger than paper is not printed', png({ width: 2001 }), undefined],
    ['with fewer rows than it says is none', png({ rows: 4 }), undefined],
    ['with far more rows than it says is none', png({ rows: 100_000 }), undefined],
    ['that breaks off is none', png().subarray(0, 45), undefined],
    ['is no JPEG', jpeg(), undefined],
  ])('%s', (_, bytes, expected) => {
    expect(pngSize(bytes)).toEqual(expected)
  })
})

describe('a JPEG', () => {
  test.each([
    ['is as large as its frame says, behind its tables', jpeg(), size],
    ['may come in several passes', jpeg({ frame: 0xc2 }), size],
    ['in grey is printed', jpeg({ colours: 1 }), size],
    ['in the colours of print is not', jpeg({ colours: 4 }), undefined],
    ['without width is none', jpeg({ width: 0 }), undefined],
    ['with noise between its parts is none', jpeg({ table: [0, 0, 0, 0] }), undefined],
    ['without a frame is none', jpeg({ frame: 0xc8 }), undefined],
    ['that breaks off is none', jpeg().subarray(0, -2), undefined],
    ['is no PNG', png(), undefined],
  ])('%s', (_, bytes, expected) => {
    expect(jpegSize(bytes)).toEqual(expected)
  })
})
