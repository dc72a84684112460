/** `npm start [-- --fresh] [--demo]`: the whole system on this machine, with the demo tenant. */
import { parseArgs } from 'node:util'
import { ensureDemoCustomers } from './demo/demo-customers.ts'
import { ensureDemoTenant } from './demo/demo-tenant.ts'
import { LocalProblem } from './problem.ts'
import { type LocalSystem, startLocal } from './system.ts'
import { welcome } from './welcome.ts'

try {
  const { fresh, data, demo } = flags()
  const system = await startLocal({ port: portOf(process.env.PORT), dataDir: data, fresh })
  stopOnSignal(system)
  await ensureDemoTenant()
  if (demo) await ensureDemoCustomers(system)
  console.log(await welcome(system, data))
} catch (error) {
  console.error(error instanceof LocalProblem ? error.message : error)
  process.exit(1)
}

function flags(): { fresh: boolean; data: string; demo: boolean } {
  try {
    return parseArgs({
      options: {
        fresh: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        data: { type: 'string', default: '.local' },
      },
    }).values
  } catch (error) {
    throw new LocalProblem(
      `${(error as Error).message} Known are --fresh (begin with no data), --demo (with customers for the demo tenant) and --data <directory>.`,
    )
  }
}

function portOf(text = '4000'): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port
  throw new LocalProblem(`PORT must be a number from 0 to 65535, not ${JSON.stringify(text)}.`)
}

/** The first signal stops in order, a second one at once. A function's late failure is told and harms nobody else. */
function stopOnSignal(system: LocalSystem): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, async () => {
      if (stopping) process.exit(1)
      stopping = true
      await system.stop()
      process.exit(0)
    })
  }
  process.on('unhandledRejection', (error) => console.error(error))
}
