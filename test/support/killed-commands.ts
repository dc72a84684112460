import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { SystemContext } from '../../domain/kernel/context.ts'
import { tallyOfTenant } from '../../domain/platform/tenant-copy/tally-tenant.ts'
import { env } from '../../functions/runtime.ts'
import { tenantParts } from '../../functions/tenant-parts.ts'
import { killingEnv, moments } from './kill-at-call.ts'
import type { TestTenant } from './tenant.ts'
import { itemsWith } from './whole-table.ts'

const root = join(import.meta.dirname, '../..')
const hook = join(root, 'test/support/kill-at-call.ts')

/** Runs a command as an operator does; how it ended and what it said. `dying` kills it at that call. */
async function command(name: string, args: string[], dying?: number) {
  const kill = dying === undefined ? {} : killingEnv({ call: dying, moment: moments[dying % moments.length]! })
  const file = join(root, `functions/commands/${name}.ts`)
  const child = spawn(process.execPath, ['--import', hook, file, ...args], { env: { ...process.env, ...kill } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part
    })
  const [code, signal] = await once(child, 'close')
  return { code, signal, said }
}

/** Runs it to die at a call, and once more, as an operator does who finds it dead; what the run that lived said, and whether one died. */
async function again(name: string, args: string[], dying: number) {
  const first = await command(name, args, dying)
  const died = first.signal === 'SIGKILL'
  const last = died ? await command(name, args) : first
  return { ...last, died }
}

/** A tenant is copied, deleted and put back by commands that are killed on the way; how many of them died. */
export async function copiedAndBack(tenant: TestTenant, calls: readonly [number, number, number]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'guanxi-killed-'))
  const ctx = await tenant.as(tenant.admin)
  const system: SystemContext = { system: true, now: ctx.now, db: ctx.db, enqueue: ctx.enqueue }
  const tally = () => tallyOfTenant(ctx, system, tenantParts)
  const before = await tally()
  const told = `killed at ${calls.join(', ')}`

  const copied = await again('backup', ['--to', folder, '--tenant', tenant.id], calls[0])
  expect(copied, told).toMatchObject({ code: 0, said: `${tenant.id} ${before.items} items ${before.hash}\n` })
  const deleted = await again('delete-tenant', ['--tenant', tenant.id, '--really', tenant.id], calls[1])
  expect(deleted, told).toMatchObject({ code: 0 })
  expect(await itemsWith(env('TABLE_NAME'), tenant.id), told).toEqual([])
  const back = await again('restore', ['--from', folder], calls[2])
  // A restore that died over saying that it was done is told that the tenant is there.
  expect(back.code === 0 ? back.said : 'tenant.exists', told).toContain(
    back.code === 0 ? 'restored' : back.said.match(/tenant\.exists/)?.[0],
  )
  expect(await tally(), told).toEqual(before)
  rmSync(folder, { recursive: true })
  return [copied, deleted, back].filter(({ died }) => died).length
}
