import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'
import type { StreamSource } from './stream.ts'
import { openPlaces } from './stream-places.ts'

/** What was passed on may wait to be dropped: dropping it in a hurry costs more than it does. */
const trimEveryMs = 2000
const pageSize = 1000

/**
 * What is new in the outbox of a table, from the file in which dynoxide keeps it. A trigger of ours notes each new outbox item in the
 * transaction that writes it, so that the stream of the engine can be off: to write it, with all that is written and what that was
 * before, takes a fifth of the engine's time, and to read it a call each time.
 */
export function outboxFile(dbPath: string, tableName: string, placeFile: string): StreamSource {
  const db = openNotes(dbPath, tableName)
  // A table that was made anew begins to count anew.
  const [made] = db.prepare('SELECT created_at FROM _tables WHERE table_name = ?').all(tableName)
  const places = openPlaces(placeFile, `${tableName} of ${made?.created_at}`)
  const newest = db.prepare('SELECT sequence, item FROM _outbox WHERE sequence > ? ORDER BY sequence LIMIT ?')
  const trim = db.prepare('DELETE FROM _outbox WHERE sequence <= ?')
  let place = Number(places.of(tableName) ?? 0)
  let trimmedAt = Date.now()
  const save = (record: StreamRecord): void => {
    place = Number(record.dynamodb!.SequenceNumber)
    places.save(tableName, String(place))
    if (Date.now() - trimmedAt < trimEveryMs) return
    trimmedAt = Date.now()
    trim.run(place)
  }
  return {
    readToEnd: async (pass, stopped) => {
      let found = false
      for (let records = recordsAfter(newest, place); records.length > 0 && !stopped(); records = recordsAfter(newest, place)) {
        found = true
        await pass(records, save)
      }
      return found
    },
    close: () => db.close(),
  }
}

const recordsAfter = (newest: StatementSync, place: number): StreamRecord[] =>
  newest.all(place, pageSize).map(({ sequence, item }) => ({
    eventName: 'INSERT',
    dynamodb: { NewImage: JSON.parse(item as string), SequenceNumber: String(sequence) },
  }))

// An item that replaces another one is not new, though dynoxide inserts it.
const trigger = (table: string) => `CREATE TRIGGER IF NOT EXISTS "note outbox of ${table}" BEFORE INSERT ON "${table}"
  WHEN instr(NEW.item_json, '"entity":{"S":"event"}') > 0 AND json_extract(NEW.item_json, '$.entity.S') = 'event'
    AND NOT EXISTS (SELECT 1 FROM "${table}" WHERE pk = NEW.pk AND sk = NEW.sk)
  BEGIN INSERT INTO _outbox (item) VALUES (NEW.item_json); END`

function openNotes(dbPath: string, tableName: string): DatabaseSync {
  const db = new DatabaseSync(dbPath, { timeout: 10_000 })
  // A trim that a crash undoes is done again.
  db.exec('PRAGMA synchronous = NORMAL')
  // What an older directory has in the stream is told too.
  db.exec(`BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS _outbox (sequence INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT NOT NULL);
    ${trigger(tableName)};
    INSERT INTO _outbox (item) SELECT new_image FROM _stream_records WHERE table_name = '${tableName}' AND event_name = 'INSERT' ORDER BY id;
    DELETE FROM _stream_records WHERE table_name = '${tableName}';
    COMMIT`)
  return db
}
