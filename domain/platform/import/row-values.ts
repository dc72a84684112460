import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import type { Values } from '../../kernel/transfer-kind.ts'
import { plainText } from '../sheet/neutral-text.ts'
import type { RowUnit, SheetRow } from '../sheet/source.ts'
import type { Plan } from './plan.ts'
import { unitValues } from './unit-values.ts'

/** 422 `row.ragged`: the cells of such a row may stand below the wrong headings. */
function requireWhole(plan: Plan, { cells }: SheetRow): void {
  const beyond = cells.slice(plan.width).some((cell) => cell.trim() !== '')
  if (beyond || (plan.exact && cells.length < plan.width))
    throw new Problem(
      'invalid',
      'row.ragged',
      `The row has ${cells.length} cells below ${plan.width} headings. Look for a delimiter or line break that is not in quotes.`,
    )
}

interface CellFault {
  pointer: string
  code: string
  message: string
}

/** What cannot be read has the code of its column where it is one; cells of several columns that cannot be are told together. */
function unreadable(faults: CellFault[]): Problem {
  const codes = new Set(faults.map(({ code }) => code))
  const code = codes.size === 1 ? faults[0]!.code : 'row.value-invalid'
  return new Problem('invalid', code, faults.map(({ message }) => message).join(' '), { errors: faults })
}

/** How sheets of banks and accountants write that there is nothing. */
const strokes = /^[-–—－]{1,3}$/

/** The values of the filled cells. All that cannot be read are told at once. */
export function cellValues(ctx: Context, plan: Plan, { cells }: SheetRow): Values {
  const values: Values = {}
  const faults: CellFault[] = []
  for (const { at, field } of plan.columns) {
    const text = plainText((cells[at] ?? '').trim())
    if (text === '' || strokes.test(text)) continue
    try {
      const value = field.read!(ctx, text)
      const before = values[field.name]
      values[field.name] = Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      faults.push({ pointer: `/${field.name}`, code: error.code, message: error.message })
    }
  }
  if (faults.length > 0) throw unreadable(faults)
  return values
}

/** What the cells of a record say, and the defaults where they say nothing. */
export function valuesOf(ctx: Context, plan: Plan, unit: RowUnit): Values {
  const defaults = Object.fromEntries(plan.defaults.map(({ field, text }) => [field.name, field.read!(ctx, text)]))
  const read = (row: SheetRow) => {
    requireWhole(plan, row)
    return cellValues(ctx, plan, row)
  }
  if (!plan.kind.groupBy) return { ...defaults, ...read(unit[0]) }
  return unitValues(unit, read, defaults)
}
