import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Values } from '../../kernel/transfer-kind.ts'
import type { RowUnit } from '../sheet/source.ts'
import type { Pass } from './pass.ts'
import type { Plan } from './plan.ts'
import { cellValues } from './row-values.ts'

/** Rows that are being done by several lanes at the same time. */
export interface RowsInFlight {
  /**
   * Begins with rows: waits until those that others began with before, and that a create would take for one of these, are done, so that
   * they are found. Whoever began must call what it answers, whatever becomes of the rows.
   */
  begin(units: readonly RowUnit[]): Promise<() => void>
}

interface Stretch {
  numbers: number[]
  over: PromiseWithResolvers<void>
}

/** The values of a row; nothing for one that cannot be read, which fails by itself. */
function readValues(ctx: Context, plan: Plan, [row]: RowUnit): Values | undefined {
  try {
    return cellValues(ctx, plan, row)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** Nobody waits for rows of a kind of which none is taken for another, nor in a dry run, which compares all rows. */
export function rowsInFlight({ ctx, plan, trial }: Pass): RowsInFlight {
  const alike = trial ? undefined : plan.kind.alike?.rows(ctx)
  if (!alike) return { begin: async () => () => {} }
  const stretches = new Map<number, Stretch>()
  let last = 0
  let turn: Promise<unknown> = Promise.resolve()
  const end = ({ numbers, over }: Stretch) => {
    for (const number of numbers) {
      alike.forget(number)
      stretches.delete(number)
    }
    over.resolve()
  }
  /** One lane after the other, so that whoever waits began later: none waits for one that waits for it. */
  const enter = async (units: readonly RowUnit[], own: Stretch): Promise<Set<Stretch>> => {
    const others = new Set<Stretch>()
    for (const values of units.map((unit) => readValues(ctx, plan, unit))) {
      if (!values) continue
      const number = ++last
      for (const { row } of await alike.earlier(number, values)) others.add(stretches.get(row)!)
      await alike.add(number, values)
      own.numbers.push(number)
      stretches.set(number, own)
    }
    others.delete(own)
    return others
  }
  return {
    begin: async (units) => {
      const own: Stretch = { numbers: [], over: Promise.withResolvers<void>() }
      const entering = turn.then(() => enter(units, own))
      turn = entering.catch(() => undefined)
      try {
        await Promise.all([...(await entering)].map(({ over }) => over.promise))
      } catch (error) {
        end(own)
        throw error
      }
      return () => end(own)
    },
  }
}
