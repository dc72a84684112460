import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { killingEnv, moments } from '../support/kill-at-call.ts'
import { listeners } from '../support/listeners.ts'
import { ownProcess } from '../support/own-process.ts'
import { leftBehind, openSale, sell, sellingFirm, wrongInBooks } from '../support/quote-to-cash.ts'
import { experiment, isLarge, seed, tries } from '../support/share.ts'
import type { TestTenant } from '../support/tenant.ts'

/** A sale whose functions run in a process of their own; what it left, and how often that process died. */
async function soldBy(tenant: TestTenant, functions: ReturnType<typeof ownProcess>) {
  const remote = (name: string) => (event: unknown) => functions.invoke(name, event)
  const consumers = listeners.map((one) => ({ ...one, consume: remote(one.name) as typeof one.consume }))
  const sale = await openSale(tenant, functions.lives, { sales: remote('sales'), finance: remote('finance'), listeners: consumers })
  await sell(sale)
  await sale.spread()
  return leftBehind(sale)
}

test('a process is killed for good at the call that is named', () => {
  const program = `
    const { ListTablesCommand, DynamoDBClient } = await import('@aws-sdk/client-dynamodb')
    const client = new DynamoDBClient()
    for (let i = 0; i < 3; i++) { await client.send(new ListTablesCommand()); console.log(i) }`
  const hook = join(import.meta.dirname, '../support/kill-at-call.ts')
  const { signal, stdout } = spawnSync(process.execPath, ['--import', hook, '--input-type=module', '--eval', program], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
    env: { ...process.env, ...killingEnv({ call: 2, moment: moments[seed % moments.length]! }) },
  })

  expect([signal, stdout]).toEqual(['SIGKILL', '0\n'])
})

// Each starts processes with all that they load: the share of `npm test` is that of quote-to-cash.test.ts, where they die within one.
describe.runIf(isLarge)('processes that the system kills', () => {
  test(
    experiment(
      'R1',
      'from quote to cash by a process that is killed for good (SIGKILL) at every call of AWS: before it, during it or after it',
    ),
    async ({ task }) => {
      const undisturbed = ownProcess()
      const left = await soldBy(await sellingFirm(), undisturbed)
      const calls = undisturbed.calls()
      undisturbed.stop()
      const perCall = tries({ test: 0, faults: 1, nightly: moments.length })
      let deaths = 0
      for (let call = 1; call <= calls; call++)
        for (let n = 0; n < perCall; n++) {
          const moment = moments[(seed + call + n) % moments.length]!
          const [tenant, functions] = [await sellingFirm(), ownProcess({ call, moment })]
          expect(await soldBy(tenant, functions), `killed ${moment} call ${call}`).toEqual(left)
          expect(await wrongInBooks(await tenant.as(tenant.admin)), `killed ${moment} call ${call}`).toEqual([])
          functions.stop()
          deaths += functions.deaths()
        }

      task.meta.tries = calls * perCall
      // A warm cache saves a call here and there, so that the last ones may not come.
      expect(deaths).toBeGreaterThanOrEqual(calls * perCall * 0.9 - 1)
    },
  )
})
