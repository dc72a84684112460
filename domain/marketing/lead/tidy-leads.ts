import { LeadDeleted } from '../../../events/leads.ts'
import type { Context, SystemContext } from '../../kernel/context.ts'
import { StaleWrite } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { queryPage } from '../../store/query.ts'
import { systemPut } from '../../store/system.ts'
import { campaignStarts } from '../campaign/campaign.table.ts'
import { confirmDays } from '../lead-form/form-links.ts'
import { subjectOf } from './capture-lead.ts'
import { leads, leadsIn } from './lead.table.ts'
import type { Lead } from './lead.ts'

const dayMs = 86_400_000
/** A day more than the link holds, since it holds to the end of its last day. */
const keptMs = (confirmDays + 1) * dayMs
/** Deleted by one message of the queue. */
const mostAtOnce = 200

/** When what is kept until then is tidied: the next full day, so that a firm has one look a day however many leads come. */
const lookAfter = (instant: string): string => new Date(Math.ceil((Date.parse(instant) + keptMs) / dayMs) * dayMs).toISOString()

/** Has the schedule `campaigns` look, when it is over for an unconfirmed lead of `instant`. Any number of leads of a day plan one look. */
export async function planTidying(system: SystemContext, tenantId: string, instant: string): Promise<void> {
  const at = lookAfter(instant)
  await systemPut(system, { pk: campaignStarts, sk: `${at} ${tenantId} leads` }, { at, tenantId, tidy: 'leads' })
}

const lastCaptured = ({ captures = [], createdAt }: Lead): string => captures[0]?.at ?? createdAt

async function tidyOne(ctx: Context, lead: Lead): Promise<void> {
  try {
    await commit(ctx, [leads.remove(lead)], [LeadDeleted(subjectOf(lead), {})])
  } catch (error) {
    // Confirmed, or captured again, at this very moment: it is no longer one of these.
    if (!(error instanceof StaleWrite)) throw error
  }
}

/**
 * Erases the leads of forms whose address nobody confirmed while the link held: what a stranger typed is not kept without need, and
 * floods go by themselves. Answers whether more of them wait.
 */
export async function tidyLeads(ctx: Context): Promise<boolean> {
  const now = Date.parse(ctx.now())
  const end = firstIdAt('led', new Date(now - keptMs).toISOString())
  const range = { index: 'gsi1' as const, partition: leadsIn('unconfirmed'), from: 'led_', to: end }
  let after: string | undefined
  for (let seen = 0; seen < mostAtOnce; ) {
    const { items, more } = await queryPage(ctx, range, { limit: 50, after })
    for (const lead of items.map((item) => recordOf(leads, item)))
      if (Date.parse(lastCaptured(lead)) <= now - keptMs) await tidyOne(ctx, lead)
    seen += items.length
    if (!more || items.length === 0) return false
    after = items.at(-1)!.gsi1sk as string
  }
  return true
}
