import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** How far each shard of a stream has been read, kept in a file. */
export interface StreamPlaces {
  of(shard: string): string | undefined
  save(shard: string, sequenceNumber: string): void
}

/** Opens the places of a stream; those of another stream (a new table, another endpoint) mean nothing here and are dropped. */
export function openPlaces(file: string, streamArn: string): StreamPlaces {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const shards: Record<string, string> = kept.streamArn === streamArn ? kept.shards : {}
  const text = (): string => JSON.stringify({ streamArn, shards })
  writeFileSync(file, text())
  let width = text().length
  return {
    of: (shard) => shards[shard],
    save: (shard, sequenceNumber) => {
      shards[shard] = sequenceNumber
      width = Math.max(width, text().length)
      // One write over what stands there, padded so that nothing of it is left: a kill leaves the old text or the new one, as a
      // rename would, which makes the file system wait for its disk.
      writeFileSync(file, text().padEnd(width), { flag: 'r+' })
    },
  }
}
