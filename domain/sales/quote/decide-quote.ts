import { QuoteAccepted, QuoteRejected } from '../../../events/sales.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { compact } from '../../kernel/merge-patch.ts'
import { writableOfCustomer } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { hasProducts } from '../document/line.ts'
import { subjectOf } from './change-quote.ts'
import { quotes } from './quote.table.ts'
import type { Quote } from './quote.ts'
import { stepOn } from './rules.ts'

/** Somebody at the customer. */
interface By {
  name?: string | null | undefined
  comment?: string | null | undefined
}

interface Decided {
  id: string
  by?: By | null | undefined
  /** On the page of the quote, by the customer; left out where the firm enters it. */
  online?: boolean
}

/** The quote as the customer decided, on its last valid day still. */
async function decided(ctx: Context, { id, by, online = false }: Decided, action: 'accept' | 'reject', more: object) {
  const { record: before } = await writableOfCustomer(ctx, quotes, id)
  const on = today(ctx)
  const status = stepOn(before, action, on)
  const said = { name: null, comment: null, reason: null, customerPo: null, ...compact(by ?? {}), ...compact(more) }
  const after: Quote = { ...before, status, decision: { at: ctx.now(), on, online, ...said } }
  return { write: quotes.replace(ctx, before, after), after, on }
}

/**
 * Notes that the customer accepts, once: called by the API and by the page of the quote. 409 `quote.decided`, `quote.expired`,
 * `quote.superseded`, or `quote.state` for a draft.
 */
export async function acceptQuote(ctx: Context, input: Decided & { customerPo?: string | null | undefined }): Promise<Quote> {
  const { write, after, on } = await decided(ctx, input, 'accept', { customerPo: input.customerPo })
  const { number, revision, total, currency } = after
  const [online, withProducts] = [input.online ?? false, hasProducts(after.lines)]
  return commit(ctx, [write], [QuoteAccepted(subjectOf(after), { number, revision, online, on, total, currency, withProducts })])
}

/** Notes that the customer declines, once, with the reason if one was said. Fails as accepting does. */
export async function rejectQuote(ctx: Context, input: Decided & { reason?: string | null | undefined }): Promise<Quote> {
  const { write, after, on } = await decided(ctx, input, 'reject', { reason: input.reason })
  const { number, revision } = after
  return commit(ctx, [write], [QuoteRejected(subjectOf(after), { number, revision, online: input.online ?? false, on })])
}
