/** What other contexts may use of marketing. */

export { type Campaign, states as campaignStates } from './campaign/campaign.ts'
export { campaignsByIds, campaignsCreated } from './campaign/read-campaigns.ts'
export { campaignStats } from './delivery/campaign-stats.ts'
export { facts as deliveryFacts } from './delivery/page.ts'
export { campaignLeads } from './lead/campaign-leads.ts'
export { readTouches } from './touch/touch.table.ts'
