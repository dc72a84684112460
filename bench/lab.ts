import { lazily } from '../functions/runtime.ts'
import type { Cost } from './calls.ts'
import { type Engine, startEngine } from './engine.ts'
import { type BenchTenant, fillTenant } from './fill.ts'
import type { Progress } from './progress.ts'
import { reminderDay } from './reminders.ts'
import { requestCosts } from './requests.ts'

/** What the parts of a run share, each made when the first part asks for it. */
export interface Lab {
  progress: Progress
  sizes: number[]
  isFull: boolean
  /** URL of the module that opens the system of the side-by-side. */
  crm: string
  engine(): Promise<Engine>
  /** A tenant of each size, the largest last. */
  tenants(): Promise<BenchTenant[]>
  /** What the requests of each tenant cost, in the same order. */
  costs(): Promise<Map<string, Cost>[]>
  stop(): Promise<void>
}

export const duePerRep = 50

export function openLab(given: Pick<Lab, 'progress' | 'sizes' | 'isFull' | 'crm'>): Lab {
  const { progress, sizes } = given
  let started: Promise<Engine> | undefined
  const engine = () => {
    started ??= startEngine()
    return started
  }
  const tenants = lazily(async () => {
    await engine()
    const filled: BenchTenant[] = []
    for (const size of sizes)
      filled.push(await fillTenant({ id: `bench-${size}`, customers: size, reps: 20, duePerRep, dueOn: reminderDay }, progress))
    return filled
  })
  const costs = lazily(async () => {
    const found: Map<string, Cost>[] = []
    for (const tenant of await tenants()) {
      progress(`requests: at ${tenant.size} customers`)
      found.push(await requestCosts(tenant, 'run'))
    }
    return found
  })
  return { ...given, engine, tenants, costs, stop: async () => (await started)?.stop() }
}
