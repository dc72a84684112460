/** Many texts in one piece of memory: a million strings of their own would take five times as much. */
export interface TextStore {
  add(text: string): void
  at(i: number): string
}

/** Many short texts in one buffer: as strings they would take several times the memory. */
export function textStore(): TextStore {
  let bytes = Buffer.alloc(64 * 1024)
  const ends: number[] = []
  return {
    add(text) {
      const start = ends.at(-1) ?? 0
      const end = start + Buffer.byteLength(text)
      if (end > bytes.length) bytes = Buffer.concat([bytes.subarray(0, start)], Math.max(end, 2 * bytes.length))
      bytes.write(text, start)
      ends.push(end)
    },
    at: (i) => (ends[i] === undefined ? '' : bytes.toString('utf8', ends[i - 1] ?? 0, ends[i])),
  }
}
