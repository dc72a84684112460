import { LeadDeleted } from '../../../events/leads.ts'
import type { Context } from '../../kernel/context.ts'
import { customerPartition } from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { queryAll } from '../../store/query.ts'
import { find, findMany, get } from '../../store/read.ts'
import { suppressions, suppressionsOf } from '../suppression/suppression.table.ts'
import { subjectOf } from './capture-lead.ts'
import { leadMark, leads } from './lead.table.ts'
import type { Lead } from './lead.ts'

/** A lead, whoever may see it. 404 when there is none. */
export const leadOf = (ctx: Context, id: string): Promise<Lead> => get(ctx, leads, id, { consistent: true })

/** The leads that became a contact, found by their marks at its customer. */
export async function leadsThatBecame(ctx: Context, contactId: string, customerId: string): Promise<Lead[]> {
  const marks = await queryAll(ctx, { partition: customerPartition(customerId), prefix: [leadMark] }, { consistent: true })
  const wanted = marks.map(({ ref }) => ({ entity: leads, id: ref as string }))
  const found = [...(await findMany(ctx, wanted, { consistent: true })).values()] as Lead[]
  return found.filter(({ converted }) => converted?.contactId === contactId)
}

/** Removes leads, and the addresses from the list of those that are not mailed: nobody is left to be mailed. Again, it does nothing. */
export async function eraseLeads(ctx: Context, ids: readonly string[], emails: readonly string[]): Promise<void> {
  for (const id of ids) {
    const lead = await find(ctx, leads, id, { consistent: true })
    if (lead) await commit(ctx, [leads.remove(lead)], [LeadDeleted(subjectOf(lead), {})])
  }
  for (const email of emails)
    for (const item of await queryAll(ctx, { index: 'gsi2', partition: suppressionsOf(email) })) {
      const suppression = await find(ctx, suppressions, recordOf(suppressions, item).id, { consistent: true })
      if (suppression) await commit(ctx, [suppressions.remove(suppression)], [])
    }
}
