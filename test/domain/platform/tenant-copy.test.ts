import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context, SystemContext } from '../../../domain/kernel/context.ts'
import { deleteTenant } from '../../../domain/platform/tenant-copy/delete-tenant.ts'
import { exportTenant } from '../../../domain/platform/tenant-copy/export-tenant.ts'
import { restoreTenant } from '../../../domain/platform/tenant-copy/restore-tenant.ts'
import { tallyOfTenant } from '../../../domain/platform/tenant-copy/tally-tenant.ts'
import { commit } from '../../../domain/store/commit.ts'
import { openDatabase } from '../../../domain/store/database.ts'
import { backup, lineOfCopy } from '../../../functions/commands/backup.ts'
import { restore } from '../../../functions/commands/restore.ts'
import { env } from '../../../functions/runtime.ts'
import { tenantParts } from '../../../functions/tenant-parts.ts'
import { ensureTable } from '../../../local/aws/dynamodb.ts'
import { callAs } from '../../support/api.ts'
import { Crash, crashingAt } from '../../support/crashing.ts'
import { type MemoryFiles, memoryFiles } from '../../support/files.ts'
import { fullTenant } from '../../support/full-tenant.ts'
import { copiedAndBack } from '../../support/killed-commands.ts'
import { sharedS3 } from '../../support/s3.ts'
import { experiment, isLarge, randomOf, seed, tries } from '../../support/share.ts'
import { newTenant, type TestTenant } from '../../support/tenant.ts'
import { happened, thing, things } from '../../support/things.ts'
import { toldEvents } from '../../support/told-events.ts'
import { itemsWith } from '../../support/whole-table.ts'

let tenant: TestTenant
let ctx: Context
let neighbour: Context
let backedUp: string[]
const folder = mkdtempSync(join(tmpdir(), 'guanxi-backup-'))
afterAll(() => rmSync(folder, { recursive: true }))

const systemOf = (of: Context): SystemContext => ({ system: true, now: of.now, db: of.db, enqueue: of.enqueue })
const tally = (of: Context) => tallyOfTenant(of, systemOf(of), tenantParts)
const stored = (of: Context) => itemsWith(env('TABLE_NAME'), of.tenant.id)
const keysOf = (items: { pk: unknown; sk: unknown }[]) => items.map(({ pk, sk }) => JSON.stringify([pk, sk])).sort()

beforeAll(async () => {
  tenant = await fullTenant()
  ctx = await tenant.as(tenant.admin, { files: memoryFiles() })
  await ctx.files.write(`${tenant.id}/fil_1`, 'text/plain', [Buffer.from('a contract')] as never)
  const other = await newTenant()
  neighbour = await other.as(other.admin)
  backedUp = await backup(folder, [other.id], { system: systemOf(neighbour), files: memoryFiles() })
})

/** Runs the work in a process that dies at some call of the database or the file store, then again until a run lives. */
async function dyingAt<T>(n: number, work: (to: Context) => Promise<T>): Promise<T> {
  const dying = crashingAt(ctx, n, n % 2 ? 'before' : 'after')
  try {
    return await work(dying.ctx)
  } catch (error) {
    if (!(error instanceof Crash)) throw error
  }
  return work(ctx)
}

const runs = tries({ test: 1, faults: 40, nightly: 400 })
const what =
  'a tenant is copied, deleted and restored, killed anywhere on the way: the same items, none, the same again, and a neighbour keeps its own'

test(experiment('R15', what, runs), async () => {
  const call = callAs(tenant.id, tenant.admin)
  const before = (await call('/v1/customers')).body
  const all = await stored(ctx)
  const random = randomOf(seed)
  for (let i = 0; i < runs; i++) {
    const run = `seed ${seed}, run ${i}`
    const to = memoryFiles()
    const copied = await dyingAt(1 + Math.floor(random() * 400), (of) =>
      exportTenant(of, systemOf(of), tenantParts, { to, folder: 'copy' }),
    )
    const lines = to.contents.get('copy/items.jsonl')!.toString().trimEnd().split('\n')
    const ofTenant = lines.filter((line) => line.includes(tenant.id)).map((line) => JSON.parse(line).Item)
    expect(keysOf(ofTenant), run).toEqual(keysOf(all))

    await dyingAt(1 + Math.floor(random() * 500), (of) => deleteTenant(of, systemOf(of), tenantParts))
    expect(await stored(ctx), run).toEqual([])
    expect([...(ctx.files as MemoryFiles).contents.keys()], run).toEqual([])

    const there = (error: { code?: string }) => {
      if (error.code !== 'tenant.exists') throw error
    }
    await dyingAt(1 + Math.floor(random() * 60), (of) => restoreTenant(of, systemOf(of), to, 'copy').then(() => undefined, there))
    expect(await tally(ctx), run).toEqual(copied)
    expect((ctx.files as MemoryFiles).contents.get(`${tenant.id}/fil_1`)?.toString()).toBe('a contract')
  }
  expect(lineOfCopy(neighbour.tenant.id, await tally(neighbour))).toBe(backedUp[0])

  expect((await call('/v1/customers')).body.data).toEqual(before.data)
  const created = await call('/v1/customers', { body: { name: 'After the Flood Trading' } })
  expect(created.status).toBe(201)
  const lines = [{ description: 'Rope', quantity: 1, unitPrice: '5' }]
  const order = await call('/v1/orders', { body: { customerId: created.body.id, lines } })
  expect((await call(`/v1/orders/${order.body.id}/confirm`, { body: {} })).body.status).toBe('confirmed')
  expect((await call(`/v1/customers/${created.body.id}/timeline`)).body.data.length).toBeGreaterThan(1)
})

test('by command: what is backed up stands in an empty table as it did, and no event is told again, while what is new is told', async () => {
  const table = `${env('TABLE_NAME')}-restored`
  const client = new DynamoDBClient()
  await ensureTable(client, table)
  client.destroy()
  const system = { ...systemOf(neighbour), db: openDatabase(table) }

  const { lines, isWhole } = await restore(folder, [neighbour.tenant.id], { system, files: memoryFiles() })

  expect(isWhole).toBe(true)
  expect(lines).toEqual(backedUp.map((line) => `${line} restored`))
  expect(await toldEvents(table)).toBe(0)
  const there = { ...neighbour, db: system.db }
  await commit(there, [things.create(thing(there))], [happened('news')])
  expect(await toldEvents(table)).toBe(1)
})

// Each run starts six processes: too much for every run of the tests.
describe.runIf(isLarge)('commands that the system kills', () => {
  const killed = tries({ test: 0, faults: 10, nightly: 100 })
  test(
    experiment(
      'R15',
      'a tenant is copied, deleted and put back by commands that are killed for good (SIGKILL), each at some call of AWS',
      killed,
    ),
    async () => {
      await sharedS3()
      const random = randomOf(seed)
      let deaths = 0
      for (let i = 0; i < killed; i++)
        deaths += await copiedAndBack(tenant, [150, 250, 40].map((calls) => 1 + Math.floor(random() * calls)) as [number, number, number])

      expect(deaths).toBeGreaterThanOrEqual(killed)
    },
  )
})
