import { guessEncodings } from './guess-encoding.ts'
import { sheetFault } from './sheet-faults.ts'
import { bytesOf, type Source } from './source.ts'

/** Encodings that a CSV may have. GBK is read as its superset GB18030. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'shift_jis', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

const headBytes = 64 * 1024
const startsWith = (bytes: Buffer, ...start: number[]) => start.every((byte, i) => bytes[i] === byte)

/** What the first bytes say the file is; a problem for what is no table. */
export async function lookAt(source: Source): Promise<{ format: 'xlsx' } | { format: 'csv'; candidates: Encoding[] }> {
  const head = await bytesOf(source, 0, headBytes)
  if (head.length === 0) throw sheetFault('file-empty')
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return { format: 'xlsx' }
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) throw sheetFault('file-xls')
  if (startsWith(head, 0xff, 0xfe)) return { format: 'csv', candidates: ['utf-16le'] }
  if (startsWith(head, 0xfe, 0xff)) return { format: 'csv', candidates: ['utf-16be'] }
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { format: 'csv', candidates: ['utf-8'] }
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1a))
    throw sheetFault('file-binary')
  return { format: 'csv', candidates: ['utf-8', ...guessEncodings(head)] }
}

/** The bytes do not have the encoding. */
export class NotThatEncoding extends Error {}

/** The text of the file, without the mark at its beginning. Fails with NotThatEncoding at the first byte that does not fit. */
export async function* decodeText(source: Source, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new NotThatEncoding(encoding)
    }
  }
  for await (const bytes of source.read()) {
    const text = decode(bytes)
    if (text.includes('\0')) throw sheetFault('file-binary')
    if (text) yield text
  }
  const rest = decode()
  if (rest) yield rest
}
