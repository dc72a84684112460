import { invalid } from '../../kernel/errors.ts'

/** An item of the table holds 400 KB; lines in Chinese, all as long as they may be, would not fit. */
const mostBytes = 300_000

/** 422 `document.too-large` for lines that cannot be kept in one document. */
export function requireFits(lines: readonly object[]): void {
  if (Buffer.byteLength(JSON.stringify(lines)) > mostBytes)
    throw invalid('document.too-large', '/lines', 'The texts of these lines are too long to be kept in one document. Shorten them.')
}
