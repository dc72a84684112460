import { Liquid, LiquidError, type Template } from 'liquidjs'

/**
 * Liquid in texts that tenants write, held short: it reads plain data by its own properties, cannot load anything, and ends when it
 * has read, run or built too much. What it makes is text; whoever puts it into HTML escapes it there.
 */

/** Why a text is no template, or could not be filled in: a sentence and the place of the fault. */
export class LiquidFault extends Error {
  readonly line: number
  readonly column: number

  constructor(message: string, line = 1, column = 1) {
    super(message)
    this.name = 'LiquidFault'
    this.line = line
    this.column = column
  }
}

export type ParsedText = Template[]

/** Tags that load other templates, print by themselves or count across renderings. */
const refusedTags = ['include', 'render', 'layout', 'block', 'tablerow', 'increment', 'decrement', 'liquid', 'echo', '#']

/** `line`: a text within something else. `page`: the text of a whole mail. `html`: HTML, in which what is filled in is escaped. */
type LiquidUse = 'line' | 'page' | 'html'

const made: Partial<Record<LiquidUse, Liquid>> = {}

function engine(use: LiquidUse = 'line'): Liquid {
  const known = made[use]
  if (known) return known
  // Characters read, milliseconds run, units of memory; far more than a page of text takes.
  const limits = { parseLimit: use === 'line' ? 20_000 : 300_000, renderLimit: 1_000, memoryLimit: 1_000_000 }
  const escaping = use === 'html' ? { outputEscape: 'escape' as const } : {}
  const liquid = new Liquid({ ...limits, ...escaping, ownPropertyOnly: true, strictFilters: true, cache: false, templates: {} })
  for (const tag of refusedTags) delete liquid.tags[tag]
  // Takes the escaping away.
  if (use === 'html') delete liquid.filters.raw
  made[use] = liquid
  return liquid
}

function faultOf(error: unknown): LiquidFault {
  if (!LiquidError.is(error)) return new LiquidFault(error instanceof Error ? error.message : String(error))
  const [line, column] = error.token?.getPosition() ?? [1, 1]
  return new LiquidFault(error.message.replace(/(, file:.*)?, line:\d+, col:\d+$/s, ''), line, column)
}

/** True for a text in which there is nothing to be filled in. */
export const isPlain = (text: string): boolean => !text.includes('{{') && !text.includes('{%')

/** Reads a template. Throws LiquidFault. */
export function parseText(text: string, use?: LiquidUse): ParsedText {
  try {
    return engine(use).parse(text)
  } catch (error) {
    throw faultOf(error)
  }
}

/** The names a template reads from what it is given, e.g. `customer.name`; those it assigns itself are not among them. */
export function variablesOf(parsed: ParsedText): string[] {
  const paths = engine().globalVariableSegmentsSync(parsed)
  return [...new Set(paths.map((path) => path.map((part) => (Array.isArray(part) ? '*' : String(part))).join('.')))]
}

/** Fills a template in; what is not there leaves nothing. Throws LiquidFault when it asks for too much. */
export function renderText(parsed: ParsedText, values: Record<string, unknown>, use?: LiquidUse): string {
  try {
    return engine(use).renderSync(parsed, values)
  } catch (error) {
    throw faultOf(error)
  }
}
