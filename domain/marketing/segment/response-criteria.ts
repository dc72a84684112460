import type { Context } from '../../kernel/context.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import type { PersonField } from '../../parties/index.ts'
import { findMany } from '../../store/read.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import type { Campaign } from '../campaign/campaign.ts'
import { campaignPages } from '../delivery/page.table.ts'
import { type FactCode, facts } from '../delivery/page.ts'
import { placesOf } from '../trigger/entries.ts'

/** What somebody did with a campaign, as deliveries know it; `sent` is that SES took the mail. */
const responses: Record<string, FactCode | 'sent'> = {
  sent: 'sent',
  ...Object.fromEntries(Object.entries(facts).map(([letter, fact]) => [fact, letter as FactCode])),
}
const named = /^campaign\.([a-zA-Z]{1,20})$/
/** Each is read delivery by delivery. */
const mostCampaigns = 10

/** One comparison of a tree with a response, and the campaigns that it names. */
export interface ResponseCriterion {
  field: string
  response: FactCode | 'sent'
  campaignIds: string[]
  pointer: string
}

/** What a comparison asks of campaigns: `campaign.clicked contains <id>`. 422 `segment.not-served` for one that names none. */
export function responseCriterion({ field, op, value }: { field: string; op: string; value: unknown }, pointer: string) {
  const name = named.exec(field)?.[1]
  const response = name !== undefined && Object.hasOwn(responses, name) ? responses[name] : undefined
  if (!response) return undefined
  if (op === 'isNull')
    throw invalid('segment.not-served', pointer, `No index knows who has no ${field} at all. Name a campaign: contains, or in with a list.`)
  const ids = (Array.isArray(value) ? value : [value]).map(String)
  return { field, response, campaignIds: ids, pointer } satisfies ResponseCriterion
}

/** Set, so that who did nothing did not do this either: what is unset is neither. */
const nothing = ['']

export const responseField: PersonField = { kind: 'ids', of: () => undefined }

/** 404 at its place for a campaign there is not; 422 `segment.too-many-campaigns` for more than can be read. */
export async function requireCampaigns(ctx: Context, criteria: readonly ResponseCriterion[]): Promise<Map<string, Campaign>> {
  const ids = [...new Set(criteria.flatMap(({ campaignIds }) => campaignIds))]
  if (ids.length > mostCampaigns)
    throw invalid(
      'segment.too-many-campaigns',
      criteria[0]!.pointer,
      `A segment asks for the responses to at most ${mostCampaigns} campaigns.`,
    )
  const found = (await findMany(
    ctx,
    ids.map((id) => ({ entity: campaigns, id })),
  )) as Map<string, Campaign>
  const missing = criteria.find(({ campaignIds }) => campaignIds.some((id) => !found.has(id)))
  if (missing) throw notFound('campaign', missing.pointer)
  return found
}

/** The criteria with who responded: every campaign is read once, 25 RRU per 2,000 deliveries. */
export async function loadResponses(ctx: Context, criteria: readonly ResponseCriterion[]): Promise<Record<string, PersonField>> {
  if (criteria.length === 0) return {}
  const known = await requireCampaigns(ctx, criteria)
  const byField = new Map(criteria.map(({ field, response }) => [field, { response, people: new Map<string, string[]>() }]))
  for (const campaign of known.values())
    for await (const { slots } of campaignPages(ctx, campaign.id, await placesOf(ctx, campaign)))
      for (const { contactId, sentAt, facts: told } of slots)
        for (const { response, people } of byField.values())
          if (response === 'sent' ? sentAt : told[response]) people.set(contactId, [...(people.get(contactId) ?? []), campaign.id])
  return Object.fromEntries(
    [...byField].map(([field, { people }]) => [field, { kind: 'ids', of: (contactId) => people.get(contactId) ?? nothing }]),
  )
}
