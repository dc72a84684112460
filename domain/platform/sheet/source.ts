/** Bytes that lie somewhere, read in parts: a sheet is never held whole. */
export interface Source {
  size: number
  /** From `start` up to, not including, `end`. */
  read(start?: number, end?: number): AsyncIterable<Uint8Array>
}

/** A few bytes as one piece. */
export async function bytesOf(source: Source, start: number, end: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of source.read(start, Math.min(end, source.size))) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Rows that are one record: most are alone. */
export type RowUnit = readonly [SheetRow, ...SheetRow[]]

/** A row of a sheet with its number there, counted from 1. */
export interface SheetRow {
  row: number
  cells: string[]
}
