import type * as z from 'zod'
import { requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { today } from '../../kernel/dates.ts'
import { Problem } from '../../kernel/errors.ts'
import { sha256 } from '../../kernel/signing.ts'
import { logActivity, postponeFollowUp } from '../../parties/index.ts'
import { withPlainLines } from '../../platform/index.ts'
import { once } from '../../store/once.ts'
import { openStage } from '../../store/stage.ts'
import { FollowUpForm, type PageFault, type ResultPage } from './follow-up-page.ts'
import type { Visit } from './visit.ts'

/** What came of a press of a button; told again, and not done again, when the same form comes twice. */
type Done = Pick<ResultPage, 'outcome' | 'nextContactOn'>

/** The form as it may be taken, or what is wrong with it. A next contact lies ahead. */
export function readForm(form: Record<string, string>, day: string): FollowUpForm | PageFault {
  const parsed = FollowUpForm.safeParse(withPlainLines(form))
  if (!parsed.success) return faultOf(parsed.error)
  const isPast = parsed.data.action === 'log' && parsed.data.nextContactOn !== undefined && parsed.data.nextContactOn < day
  return isPast ? 'date' : parsed.data
}

function faultOf(error: z.ZodError): PageFault {
  const places = error.issues.map(({ path }) => path[0])
  if (places.includes('summary')) return 'summary'
  return places.includes('nextContactOn') ? 'date' : 'again'
}

/**
 * Does what the form says, in the name of the visitor: logs a contact with the next date, or postpones what is due.
 * 409 `follow-up.none` when there is nothing left to postpone; whatever the use cases refuse besides.
 */
export async function submit({ ctx, summary, open }: Visit, form: FollowUpForm): Promise<Done> {
  const { id: customerId } = summary.customer
  const { nonce, ...asked } = form
  const answer = (record: unknown) => ({ status: 200, headers: {}, body: JSON.stringify(doneOf(form, record as Saved)) })
  const request = { key: `page:${nonce}`, hash: sha256(JSON.stringify([customerId, asked])), answer }
  const done = await once(ctx, request, async (keyed): Promise<Saved> => {
    requirePermission(ctx.actor, form.action === 'log' ? 'activities.write' : 'follow-ups.write')
    if (form.action === 'log') return log(keyed, customerId, open, form)
    return postpone(keyed, open, form.days)
  })
  return 'answer' in done ? JSON.parse(done.answer.body) : doneOf(form, done.result)
}

/** What the use cases answer, as far as the result page shows it. */
interface Saved {
  nextContactOn?: string | undefined
  dueOn?: string
}

function doneOf({ action }: FollowUpForm, { nextContactOn, dueOn }: Saved): Done {
  const next = action === 'log' ? nextContactOn : dueOn
  return { outcome: action === 'log' ? 'logged' : 'postponed', ...(next ? { nextContactOn: next } : {}) }
}

/** Somebody else has closed or deleted the follow-up since the page was read. */
const isGone = (error: unknown) => error instanceof Problem && ['follow-up.state', 'follow-up.not-found'].includes(error.code)

/**
 * An activity settles its author's follow-ups that are due. One that lies ahead, or somebody else's, is named: it is what
 * the page showed. When it is gone by now, the contact still took place: what was written down is kept.
 */
async function log(ctx: Context, customerId: string, open: Visit['open'], form: FollowUpForm & { action: 'log' }) {
  const { kind, summary, nextContactOn } = form
  const settlesByItself = open.some(({ ownerId, dueOn }) => ownerId === ctx.actor.userId && dueOn <= today(ctx))
  const followUpId = settlesByItself ? undefined : open[0]?.id
  const activity = { customerId, kind, at: ctx.now(), summary, ...(nextContactOn ? { nextContactOn } : {}) }
  try {
    return await logActivity(ctx, { ...activity, ...(followUpId ? { followUpId } : {}) })
  } catch (error) {
    if (!followUpId || !isGone(error)) throw error
    return logActivity(ctx, activity)
  }
}

/** No follow-up takes more entries of a transaction than this. */
const mostOfOne = 8

/**
 * Postpones the customer, not one line of the plan: all that is due by today moves, and when nothing is, the earliest that
 * lies ahead. One transaction; its answer has the day that comes next.
 */
async function postpone(ctx: Context, open: Visit['open'], days: number): Promise<Saved> {
  const from = today(ctx)
  const due = open.filter(({ dueOn }) => dueOn <= from)
  const asked = due.length > 0 ? due : open.slice(0, 1)
  if (asked.length === 0) throw new Problem('conflict', 'follow-up.none', 'There is no open follow-up to postpone.')
  const stage = openStage(ctx)
  const dates = new Map(open.map(({ id, dueOn }) => [id, dueOn]))
  for (const { id } of asked) {
    if (!stage.fits(mostOfOne)) break
    const { dueOn } = await stage.attempt((staged) => postponeFollowUp(staged, { id, days, from }))
    dates.set(id, dueOn)
  }
  const saved = { dueOn: [...dates.values()].sort()[0]! }
  await stage.commit(saved)
  return saved
}
