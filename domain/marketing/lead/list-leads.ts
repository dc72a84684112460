import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { firstIdAt } from '../../kernel/ids.ts'
import { instantOperators, instantRange } from '../../kernel/instant-range.ts'
import { type Filter, type ListInput, type ListSpec, type Page, requireServed } from '../../kernel/paging.ts'
import { askedFor, whoseLists } from '../../parties/index.ts'
import { recordOf } from '../../store/entity.ts'
import { findByExternalId } from '../../store/external-id.ts'
import type { Item } from '../../store/item.ts'
import { listPage } from '../../store/list.ts'
import type { Range } from '../../store/query.ts'
import { find, findMany } from '../../store/read.ts'
import { leadReach } from './access.ts'
import { openLeadOf } from './capture-lead.ts'
import { campaignLeadsOf, leads, leadsIn, leadsOf, leadsOfCampaign } from './lead.table.ts'
import { type Lead, type LeadStatus, leadStatuses } from './lead.ts'
import { allWithPoints } from './with-points.ts'

export const leadList = {
  filters: {
    status: ['eq', 'in'],
    ownerId: ['eq', 'in', 'isNull'],
    campaignId: ['eq'],
    email: ['eq'],
    externalId: ['eq'],
    createdAt: instantOperators,
  },
  sorts: ['-createdAt', 'createdAt'],
} as const satisfies ListSpec

const ways = [['status', 'ownerId', 'createdAt'], ['campaignId', 'ownerId', 'createdAt'], ['email'], ['externalId']]

function statusesOf(filter: Filter): LeadStatus[] {
  const asked = askedFor(filter, 'status') ?? [...leadStatuses]
  const strange = asked.find((status) => !leadStatuses.includes(status as LeadStatus))
  if (strange === undefined) return asked as LeadStatus[]
  throw new Problem('malformed', 'filter.invalid', `status is one of ${leadStatuses.join(', ')}.`)
}

/** Whose leads are read: everybody's together, or those of the persons asked for that the caller sees; undefined: of nobody. */
async function whose(ctx: Context, filter: Filter): Promise<'all' | (string | undefined)[]> {
  const { isNull, ...persons } = filter.ownerId ?? {}
  const reach = await leadReach(ctx)
  const seesWaiting = reach === 'all' || reach.has(undefined)
  if (isNull !== undefined) {
    if (isNull !== 'true' || Object.keys(persons).length > 0)
      throw new Problem('malformed', 'filter.invalid', 'For leads that wait for an owner send filter[ownerId][isNull]=true alone.')
    return seesWaiting ? [undefined] : []
  }
  const owners = await whoseLists(ctx, filter, 'ownerId')
  return owners === 'all' || filter.ownerId || !seesWaiting ? owners : [...owners, undefined]
}

async function rangesOf(ctx: Context, { filter, sort }: ListInput): Promise<Range[]> {
  const span = { ...instantRange(filter, 'createdAt', (instant) => firstIdAt('led', instant)), reverse: sort === '-createdAt' }
  const owners = await whose(ctx, filter)
  const campaignId = filter.campaignId?.eq
  if (campaignId !== undefined)
    return owners === 'all'
      ? // The counts of the campaign stand behind its leads: COUNTS sorts before `led_`.
        [{ from: 'led_', to: 'led_~', ...span, partition: leadsOfCampaign(campaignId) }]
      : owners.map((ownerId) => ({ ...span, index: 'gsi2' as const, partition: campaignLeadsOf(campaignId, ownerId) }))
  const statuses = statusesOf(filter)
  if (owners === 'all') return statuses.map((status) => ({ ...span, index: 'gsi1' as const, partition: leadsIn(status) }))
  return owners.flatMap((ownerId) => statuses.map((status) => ({ ...span, index: 'gsi2' as const, partition: leadsOf(ownerId, status) })))
}

/** Rows of a list as leads; marks of a campaign are read. */
async function resolved(ctx: Context, items: Item[]): Promise<Lead[]> {
  const marked = items.filter(({ entity }) => entity === 'pointer').map(({ ref }) => ({ entity: leads, id: ref as string }))
  const found = await findMany(ctx, marked)
  return items.flatMap((item) =>
    item.entity === 'pointer' ? ((found.get(item.ref as string) as Lead | undefined) ?? []) : [recordOf(leads, item)],
  )
}

async function one(ctx: Context, lead: Lead | undefined): Promise<Page<Lead>> {
  const reach = await leadReach(ctx)
  const seen = lead && (reach === 'all' || reach.has(lead.ownerId)) ? [lead] : []
  return { data: await allWithPoints(ctx, seen), page: { next: null } }
}

/**
 * Leads by creation, newest first unless asked otherwise: of all (gsi1), or of those the caller sees and who wait for one
 * (gsi2), by status; of a campaign. By e-mail the open lead of that address, by externalId at most one.
 */
export async function listLeads(ctx: Context, input: ListInput): Promise<Page<Lead>> {
  const { email, externalId } = input.filter
  requireServed(input.filter, ways)
  if (email?.eq !== undefined) return one(ctx, await openLeadOf(ctx, email.eq.trim().toLowerCase()))
  if (externalId?.eq !== undefined) {
    const id = await findByExternalId(ctx, 'lead', externalId.eq)
    return one(ctx, id ? await find(ctx, leads, id) : undefined)
  }
  const page = await listPage(ctx, 'leads', await rangesOf(ctx, input), input)
  return { ...page, data: await allWithPoints(ctx, await resolved(ctx, page.data)) }
}
