import { inflateSync } from 'node:zlib'

/** What a picture says of itself; undefined when it is not what it says, or of a kind that cannot be printed. */
interface ImageSize {
  width: number
  height: number
}

const mostPixels = 2_000
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Bytes of a row of a PNG by its colour type: samples of a pixel. */
const samples: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** A PNG is read to its end: one that breaks off would break the document it is printed on. Interlaced ones are not printed. */
export function pngSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngSignature) || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const [depth, color, interlaced] = [bytes[24]!, bytes[25]!, bytes[28]!]
  if (!isPrintable({ width, height }) || interlaced !== 0 || depth > 8 || samples[color] === undefined) return undefined
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (at + 12 + length > bytes.length) return undefined
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const wanted = (Math.ceil((width * samples[color]! * depth) / 8) + 1) * height
  try {
    return inflateSync(Buffer.concat(parts), { maxOutputLength: wanted + 1 }).length === wanted ? { width, height } : undefined
  } catch {
    return undefined
  }
}

/** The frame header of a JPEG, which stands behind its tables; colours of print (CMYK) are left to print shops. */
export function jpegSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 20 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9) return undefined
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      const size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
      return isPrintable(size) && [1, 3].includes(bytes[at + 9]!) ? size : undefined
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

const isPrintable = ({ width, height }: ImageSize): boolean => width > 0 && height > 0 && width <= mostPixels && height <= mostPixels
