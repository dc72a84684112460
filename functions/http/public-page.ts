import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { logError } from '../log.ts'
import { type Abilities, tenantContext } from '../runtime.ts'
import { type Answering, answering } from './html-page.ts'
import type { RawAnswer, RawRequest } from './route.ts'

/** A page that anybody opens who has its link: whose token it is, and what is said when there is no page. */
interface PublicPage {
  /** The tenant that a token speaks of, before anything is known to be true. */
  tenantOf(token: string): string | undefined
  refuse(to: Answering, outcome: 'invalid' | 'failed'): RawAnswer
  abilities?: Abilities
}

/**
 * Opens the tenant of the link and goes on with `show`, which answers undefined where the link is not true. Whatever is not there, or
 * breaks, is said on a page too: a visitor never gets JSON.
 */
export async function answerPublicPage(
  { params, headers }: RawRequest,
  { tenantOf, refuse, abilities }: PublicPage,
  show: (ctx: Context, token: string, to: Answering) => Promise<RawAnswer | undefined>,
): Promise<RawAnswer> {
  const to = answering(headers['accept-language'])
  const token = params.token!
  try {
    const tenantId = tenantOf(token)
    const shown = tenantId && (await show(await tenantContext(tenantId, undefined, undefined, abilities), token, to))
    return shown || refuse(to, 'invalid')
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') return refuse(to, 'invalid')
    logError('A page failed.', {}, error)
    return refuse(to, 'failed')
  }
}

/** Back to the page, which says what is by now: a reload sends nothing twice. */
export const backTo = (path: string): RawAnswer => ({ status: 303, headers: { location: path, 'cache-control': 'no-store' }, body: '' })
