/**
 * `npm run local -- <command> [options]`: runs a command of `functions/commands/` on the data of this machine, which no running Guanxi may
 * have in use: `npm run local -- backup --to copy`. `DATA=<folder>` takes another folder than `.local`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ensureTable } from './aws/dynamodb.ts'
import { openDataDirectory } from './data-directory.ts'
import { queueNames, startEmulators } from './emulators.ts'
import { setEnvironment, tableName } from './environment.ts'
import { LocalProblem } from './problem.ts'

const commands = join(import.meta.dirname, '../functions/commands')

/** Runs the command with the local table, files and queues in its environment; answers its exit code. */
async function runCommand(name: string, options: string[], dataDir: string): Promise<number> {
  const file = join(commands, `${name}.ts`)
  if (!/^[a-z-]+$/.test(name) || !existsSync(file)) throw new LocalProblem(`There is no command ${name} in functions/commands.`)
  const stops: (() => unknown)[] = [openDataDirectory(dataDir, false).release]
  try {
    const { dynamo, queues, ses, bus, mails } = await startEmulators(dataDir, stops)
    const queueUrls = Object.fromEntries(queueNames.map((queue) => [queue, queues.url(queue)]))
    const nowhere = { publicUrl: 'http://127.0.0.1:4000', issuer: '', audience: '', jwksUri: '', fonts: '' }
    const endpoints = {
      dynamodb: dynamo.endpoint,
      queues: queues.endpoint,
      files: queues.endpoint,
      ses: ses.endpoint,
      events: bus.endpoint,
    }
    setEnvironment({ ...nowhere, ...endpoints, queueUrls })
    await ensureTable(new DynamoDBClient(), tableName)
    const [code] = (await once(spawn(process.execPath, [file, ...options], { stdio: 'inherit' }), 'exit')) as [number | null]
    // SES keeps no mail; the mailbox of one machine does.
    const tenant = options[options.indexOf('--tenant') + 1]
    if (code === 0 && tenant && (name === 'delete-tenant' || options.includes('erase'))) mails.forget(tenant)
    return code ?? 1
  } finally {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop()
  }
}

const [name = '', ...options] = process.argv.slice(2)
try {
  process.exitCode = await runCommand(name, options, resolve(process.env.DATA ?? '.local'))
} catch (error) {
  if (!(error instanceof LocalProblem)) throw error
  console.error(error.message)
  process.exitCode = 1
}
