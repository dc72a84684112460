import { Problem } from '../../kernel/errors.ts'
import { customerPartition } from '../../parties/index.ts'
import type { Count } from '../../store/count.ts'
import { defineEntity } from '../../store/entity.ts'
import type { ItemKey, Pointer } from '../../store/entity-definition.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import { isOpen, type Lead, type LeadStatus } from './lead.ts'

const nobody = 'nobody'

/** Partitions of gsi1 and gsi2: leads of a status, of all and of one owner or nobody. */
export const leadsIn = (status: LeadStatus) => ['LED-ALL', status]
export const leadsOf = (ownerId: string | undefined, status: LeadStatus) => ['LED-OWNER', ownerId ?? nobody, status]

/** Leads that a campaign brought: of all, and of one owner or nobody (gsi2). */
export const leadsOfCampaign = (campaignId: string) => ['LED-CAMPAIGN', campaignId]
export const campaignLeadsOf = (campaignId: string, ownerId: string | undefined) => ['LED-CAMPAIGN', campaignId, ownerId ?? nobody]

/** Marks in the partition of a customer of the leads that became it: by them a merge and an erasure find the leads. */
export const leadMark = 'LED'

/** How many open leads a user has: what the fewest are found by. */
export const openLeadsOf = (userId: string): Count => ({ name: 'open-leads', of: userId })

export const emailGuard = 'lead-email'

/** What the leads of a campaign came to: counted with each step, and kept when a lead is erased. */
export const campaignTally = (campaignId: string): ItemKey => ({ pk: ['LED-CAMPAIGN', campaignId], sk: ['COUNTS'] })

function pointersOf({ id, campaignId, ownerId, converted }: Lead): Pointer[] {
  const ofCampaign = campaignId && {
    key: { pk: leadsOfCampaign(campaignId), sk: [id] },
    gsi2: { pk: campaignLeadsOf(campaignId, ownerId), sk: [id] },
  }
  const ofCustomer = converted && { key: { pk: customerPartition(converted.customerId), sk: [leadMark, id] } }
  return [...(ofCampaign ? [ofCampaign] : []), ...(ofCustomer ? [ofCustomer] : [])]
}

/** A lead belongs to no customer yet: an item of its own, listed by status (gsi1), by owner and status (gsi2). */
export const leads = defineEntity<Lead>({
  type: 'lead',
  prefix: 'led',
  schemaVersion: 1,
  key: (id) => ({ pk: ['LED', id], sk: ['LED'] }),
  gsi1: ({ id, status }) => ({ pk: leadsIn(status), sk: [id] }),
  gsi2: ({ id, status, ownerId }) => ({ pk: leadsOf(ownerId, status), sk: [id] }),
  guards: (lead) => [
    ...(lead.email && isOpen(lead) ? [{ name: emailGuard, value: lead.email, taken }] : []),
    ...externalIdGuard('lead', lead.externalId),
  ],
  counts: (lead) => (lead.ownerId && isOpen(lead) ? [openLeadsOf(lead.ownerId)] : []),
  pointers: pointersOf,
})

function taken(): Problem {
  const code = 'lead.exists'
  return new Problem('conflict', code, 'There is an open lead with this address. Work with that one.', {
    errors: [{ pointer: '/email', code, message: 'Another open lead has it.' }],
  })
}
