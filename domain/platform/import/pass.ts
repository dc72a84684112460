import type { Context } from '../../kernel/context.ts'
import type { LastingItems } from '../../store/lasting-items.ts'
import type { Import } from './import.ts'
import type { Plan } from './plan.ts'
import type { Trial } from './trial.ts'

/** One way through the rows of an import. */
export interface Pass {
  imported: Import
  plan: Plan
  number: number
  /** The last one: rows that wait for others fail now. */
  isLast: boolean
  /** In whose name. */
  ctx: Context
  /** What rows of all lanes read again and again. */
  lasting: LastingItems
  /** Of a dry run: what earlier rows of the file would have been. */
  trial?: Trial
}
