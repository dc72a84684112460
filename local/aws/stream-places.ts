import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** How far each shard of a stream has been read, kept in a file. */
export interface StreamPlaces {
  of(shard: string): string | undefined
  save(shard: string, sequenceNumber: string): void
}

/** Opens the places of a stream; those of another stream (a new table, another endpoint) mean nothing here and are dropped. */
export function openPlaces(file: string, streamArn: string): StreamPlaces {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const shards: Record<string, string> = kept.streamArn === streamArn ? kept.shards : {}
  return {
    of: (shard) => shards[shard],
    save: (shard, sequenceNumber) => {
      shards[shard] = sequenceNumber
      // By rename, so that a kill in the middle leaves the old file instead of half a new one.
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, shards }))
      renameSync(`${file}.new`, file)
    },
  }
}
