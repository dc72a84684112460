import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { type Customer, customerPartition, writableOfCustomer } from '../../parties/index.ts'
import type { ItemKey } from '../../store/entity-definition.ts'
import { readAlong } from '../../store/read-along.ts'
import { exactly, type Numbers, readTally, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { fromMicro, toMicro } from '../document/decimal.ts'
import { type LineRecord, placeOf } from '../document/line.ts'
import { quotes } from './quote.table.ts'
import type { Quote } from './quote.ts'
import { requireOrderable } from './rules.ts'

/** Access pattern: what orders have taken of the lines of a quote, in millionths by the place of the line; one get. */
export const orderedKey = (quoteId: string): ItemKey => ({ pk: customerPartition(quoteId), sk: ['QOT', quoteId] })

const nameOf = (lineId: string) => `q${placeOf(lineId)}`

/** What orders have taken of a line. */
export const orderedOf = (ordered: Numbers, lineId: string): number => ordered[nameOf(lineId)] ?? 0

/** How much of which line of a quote. */
export interface Taken {
  quoteLine: string
  quantity: string
}

const sumsOf = (lines: readonly Taken[], sign: 1 | -1): Numbers => {
  const sums: Numbers = {}
  for (const { quoteLine, quantity } of lines) sums[nameOf(quoteLine)] = (sums[nameOf(quoteLine)] ?? 0) + sign * toMicro(quantity)
  return sums
}

function overOrdered(line: LineRecord, found: number, lines: readonly Taken[]): Problem {
  const left = fromMicro(Math.max(0, toMicro(line.quantity) - found))
  const message = `Of ${line.description ?? 'this line'} ${line.quantity} were quoted, and ${left} are left to be ordered.`
  const errors = lines.flatMap(({ quoteLine }, i) =>
    quoteLine === line.id ? [{ pointer: `/lines/${i}/quantity`, code: 'quote.over-ordered', message }] : [],
  )
  return new Problem('conflict', 'quote.over-ordered', message, { errors })
}

/** Adds what an order takes of a quote; of one that is not reusable never more than was quoted, whoever else is ordering. */
function takeWrite(quote: Quote, lines: readonly Taken[], before: Numbers | undefined): Write<void> {
  const add = { ...sumsOf(lines, 1), ...(before ? { taken: 1 } : {}) }
  const taken = quote.lines.filter(({ id }) => nameOf(id) in add)
  const limits = quote.reusable
    ? []
    : taken.map((line) => ({
        of: nameOf(line.id),
        most: toMicro(line.quantity),
        broken: (found: Numbers) => overOrdered(line, orderedOf(found, line.id), lines),
      }))
  return tallyWrite({ key: orderedKey(quote.id), add, limits: before ? [...limits, exactly('taken', (before.taken ?? 0) + 1)] : limits })
}

/** 抹零 is shared by all orders of a quote: what an order gets of it follows from what the others took, which must not change meanwhile. */
const sharesDiscount = ({ discount, reusable }: Quote): boolean => Boolean(discount && 'amount' in discount && !reusable)

/**
 * What an order writes to take these lines of an accepted quote, with the quote and its customer; without lines all that is left
 * of each. 404 for a quote out of sight, 409 `quote.not-accepted`, `quote.superseded`, `quote.expired`, `quote.over-ordered`, 422
 * `quote.unknown-line`.
 */
export async function takeFromQuote(
  ctx: Context,
  quoteId: string,
  asked?: readonly Taken[],
): Promise<{ quote: Quote; customer: Customer; lines: Taken[]; ordered: Numbers; writes: Write[] }> {
  const along = readAlong(ctx, asked ? [] : [orderedKey(quoteId)])
  const { record: quote, customer } = await writableOfCustomer(along, quotes, quoteId)
  requireOrderable(quote, today(ctx))
  const unknown = asked?.findIndex(({ quoteLine }) => !quote.lines.some(({ id }) => id === quoteLine)) ?? -1
  if (unknown >= 0) throw invalid('quote.unknown-line', `/lines/${unknown}/quoteLine`, 'This quote has no such line.')
  const isShared = sharesDiscount(quote)
  const ordered = !quote.reusable && (isShared || !asked) ? await readTally(along, orderedKey(quote.id)) : {}
  const lines = asked ? [...asked] : whatIsLeft(quote, ordered)
  return { quote, customer, lines, ordered, writes: [takeWrite(quote, lines, isShared ? ordered : undefined)] }
}

/** All that no order has taken yet; of a reusable quote all that it says. */
function whatIsLeft(quote: Quote, ordered: Numbers): Taken[] {
  const left = quote.lines.flatMap((line) => {
    const micro = toMicro(line.quantity) - orderedOf(ordered, line.id)
    return micro > 0 ? [{ quoteLine: line.id, quantity: fromMicro(micro) }] : []
  })
  if (left.length > 0) return left
  throw new Problem('conflict', 'quote.over-ordered', 'All of this quote is ordered already.')
}

/** What an order writes to give these back, when it is cancelled, closed short or amended to less. */
export const giveBackToQuote = (quoteId: string, lines: readonly Taken[]): Write<void> =>
  tallyWrite({ key: orderedKey(quoteId), add: { ...sumsOf(lines, -1), taken: 1 } })
