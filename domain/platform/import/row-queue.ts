import type { RowUnit } from '../sheet/source.ts'

/** Rows on their way from who reads them to who does them; who reads waits when too many are waiting. */
export interface RowQueue {
  /** Settles when there is room for more. */
  push(row: RowUnit): Promise<void>
  /** No more rows come. */
  close(): void
  /** The next rows, at most so many; none when all are taken and no more come. */
  take(most: number): Promise<RowUnit[]>
}

const mostWaiting = 40

/** A queue without rows yet. */
export function rowQueue(): RowQueue {
  const rows: RowUnit[] = []
  let closed = false
  let changed = Promise.withResolvers<void>()
  const change = () => {
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  return {
    async push(row) {
      rows.push(row)
      change()
      while (rows.length >= mostWaiting && !closed) await changed.promise
    },
    close() {
      closed = true
      change()
    },
    async take(most) {
      while (rows.length < most && !closed) await changed.promise
      const taken = rows.splice(0, most)
      change()
      return taken
    },
  }
}
