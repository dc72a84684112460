import { describe, expect, test } from 'vitest'
import { mailedByKilledProcesses } from '../support/killed-processes.ts'
import { experiment, isLarge, randomOf, seed, tries } from '../support/share.ts'

/** MAILS=100000 for another number than that of the run. */
const mails = Number(process.env.MAILS ?? tries({ test: 0, faults: 5000, nightly: 100_000 }))

// Processes take seconds to start: the share of `npm test` is that of campaign-crashes.test.ts, where workers die within one.
describe.runIf(isLarge)('worker processes of a campaign that the system kills', () => {
  test.each(['on', 'late', 'off'] as const)(
    experiment(
      'R7',
      'of mails whose worker processes are killed ten times none is lost, and none doubled where SES tells of them, %s',
      mails,
    ),
    async (events) => {
      const done = await mailedByKilledProcesses({ mails, kills: 10, events, random: randomOf(seed) })

      console.info(`${mails} mails, events ${events}: ${JSON.stringify(done)}`)
      // Two processes that die over one mail before SES has it leave it unknown: docs/marketing.md.
      expect(done).toMatchObject({ killed: 10, status: 'sent', sent: mails - done.unknown, lost: done.unknown })
      expect(done.copies).toBeLessThanOrEqual(events === 'off' ? done.killed : 0)
    },
  )
})
