import { isDeepStrictEqual } from 'node:util'
import { Problem } from '../../kernel/errors.ts'
import type { Values } from '../../kernel/transfer-kind.ts'
import type { RowUnit, SheetRow } from '../sheet/source.ts'

const prefix = 'line.'
const isOfLine = (name: string) => name.startsWith(prefix)

/** A fault of one row among those of a record, told as one of its line. */
function faultOfLine(error: unknown, place: number): unknown {
  if (!(error instanceof Problem)) return error
  const { errors = [{ pointer: '', code: error.code, message: error.message }], ...more } = error.more
  const placed = errors.map(({ pointer, ...one }) => ({ ...one, pointer: `/lines/${place}${pointer}` }))
  return new Problem(error.kind, error.code, error.message, { ...more, errors: placed })
}

function differs(name: string, first: SheetRow): Problem {
  const message = `Row ${first.row} of the same record says something else. Say it once, or alike in all of its rows.`
  return new Problem('invalid', 'row.differs-in-record', message, {
    errors: [{ pointer: `/${name}`, code: 'row.differs-in-record', message }],
  })
}

/**
 * What the rows of a record say: its own fields, by the first row that says them, and its lines. 422 `row.differs-in-record` where two
 * rows do not say the same of it; the fault of a row is one of its line.
 */
export function unitValues(unit: RowUnit, read: (row: SheetRow) => Values, defaults: Values): Values {
  const ofLine = Object.fromEntries(Object.entries(defaults).filter(([name]) => isOfLine(name)))
  const own: Values = {}
  const saidBy = new Map<string, SheetRow>()
  const lines: Values[] = []
  for (const [place, row] of unit.entries()) {
    try {
      const entries = Object.entries(read(row))
      for (const [name, value] of entries.filter(([field]) => !isOfLine(field))) {
        if (saidBy.has(name) && !isDeepStrictEqual(own[name], value)) throw differs(name, saidBy.get(name)!)
        if (!saidBy.has(name)) saidBy.set(name, row)
        own[name] = value
      }
      const line = entries.filter(([field]) => isOfLine(field))
      if (line.length > 0) lines.push(withoutPrefix({ ...ofLine, ...Object.fromEntries(line) }))
    } catch (error) {
      throw faultOfLine(error, place)
    }
  }
  const rest = Object.fromEntries(Object.entries(defaults).filter(([name]) => !isOfLine(name)))
  return { ...rest, ...own, lines }
}

const withoutPrefix = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(prefix.length), value]))
