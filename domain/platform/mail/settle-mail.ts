import { DocumentMailReported } from '../../../events/platform.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { commit } from '../../store/commit.ts'
import { newsAction } from './mail.table.ts'
import type { SesFact, SesNews } from './ses-news.ts'

/** What of a mail that brought a document is told on the customer's timeline; that SES took it, or is late, is not. */
const reported = {
  deliveredAt: 'delivered',
  openedAt: 'opened',
  clickedAt: 'clicked',
  bouncedAt: 'bounced',
  softBouncedAt: 'soft-bounced',
  complainedAt: 'complained',
  rejectedAt: 'rejected',
  failedAt: 'rejected',
} as const satisfies Partial<Record<SesFact, string>>

const nounOf: Record<string, string> = { quo: 'quote', ord: 'order', shp: 'shipment', stm: 'statement' }

function eventOf({ about, fact, at }: SesNews) {
  const what = (reported as Partial<Record<SesFact, (typeof reported)[keyof typeof reported]>>)[fact]
  if (!about || !what) return []
  const type = nounOf[about.id.slice(0, 3)] ?? 'document'
  return [DocumentMailReported({ type, id: about.id, customerId: about.customerId }, { what, at })]
}

const nothingNew = () => new Problem('conflict', 'mail.nothing-new', 'This is known of the mail, or there is no such mail.')

/**
 * Notes events of SES on the record of the one mail that they are about: whatever they say, SES took the mail, so it counts as sent.
 * What becomes of a mail with a document stands on the timeline in the same transaction. Answers what was news; events that come
 * twice, out of order, or for a mail that is not on record change nothing.
 */
export async function settleMail(ctx: Context, news: readonly [SesNews, ...SesNews[]]): Promise<SesNews[]> {
  const isOfKinds = new Set(news.map(({ fact }) => fact)).size === news.length
  if (isOfKinds && (await noted(ctx, news))) return [...news]
  if (news.length === 1) return []
  const known: SesNews[] = []
  for (const one of news) if (await noted(ctx, [one])) known.push(one)
  return known
}

/** False when something of it was known. */
async function noted(ctx: Context, news: readonly [SesNews, ...SesNews[]]): Promise<boolean> {
  const write = { result: true, actions: () => [{ ...newsAction(ctx, news), onFail: nothingNew }] }
  try {
    return await commit(ctx, [write], news.flatMap(eventOf))
  } catch (error) {
    if (error instanceof Problem && error.code === 'mail.nothing-new') return false
    throw error
  }
}
