import { LeadDeleted } from '../../../events/leads.ts'
import type { Context } from '../../kernel/context.ts'
import { customerPartition } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { queryAll } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { subjectOf } from './capture-lead.ts'
import { leadMark, leads } from './lead.table.ts'
import type { Lead } from './lead.ts'

/**
 * Erases the leads that became a customer, or one contact of it, with these: what they say of a person is the same. Found by their
 * marks in the partition of the customer; again, when all are gone, it does nothing.
 */
export async function eraseLeadsOf(ctx: Context, customerId: string, contactId?: string): Promise<void> {
  const marks = await queryAll(ctx, { partition: customerPartition(customerId), prefix: [leadMark] }, { consistent: true })
  const found = await findMany(
    ctx,
    marks.map(({ ref }) => ({ entity: leads, id: ref as string })),
    { consistent: true },
  )
  for (const lead of found.values() as Iterable<Lead>)
    if (contactId === undefined || lead.converted?.contactId === contactId)
      await commit(ctx, [leads.remove(lead)], [LeadDeleted(subjectOf(lead), {})])
}
