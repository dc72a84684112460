import { step } from '../../kernel/states.ts'
import { type TallyChange, tallyWrite } from '../../store/tally.ts'
import type { Write } from '../../store/write.ts'
import { campaignTally } from './lead.table.ts'
import { type Lead, type LeadAction, leadStates } from './lead.ts'

/** What of a lead's way its campaign is credited with. */
export interface CampaignLeads {
  leads: number
  qualified: number
  converted: number
}

/** The lead after an action at a moment; 409 `lead.state` with what is possible when it has no such step. */
export function stepped(lead: Lead, action: LeadAction, at: string): Lead {
  const status = step('lead', leadStates, lead.status, action)
  const { disqualifiedBecause: _reason, ...rest } = lead
  const opened = lead.openedAt || status === 'disqualified' ? {} : { openedAt: at }
  const qualified = lead.qualifiedAt || !['qualified', 'converted'].includes(status) ? {} : { qualifiedAt: at }
  return { ...rest, ...opened, ...qualified, status }
}

const reached = ({ openedAt, qualifiedAt, converted }: Partial<Lead>): CampaignLeads => ({
  leads: openedAt ? 1 : 0,
  qualified: qualifiedAt ? 1 : 0,
  converted: converted ? 1 : 0,
})

/** Counts for the campaign what the lead reached by a change; nothing is ever taken back. */
export function counted(before: Lead | undefined, after: Lead): Write<void>[] {
  if (!after.campaignId) return []
  const [had, has] = [reached(before ?? {}), reached(after)]
  const add: TallyChange['add'] = {
    leads: has.leads - had.leads,
    qualified: has.qualified - had.qualified,
    converted: has.converted - had.converted,
  }
  return [tallyWrite({ key: campaignTally(after.campaignId), add })]
}
