import { LeadAssigned } from '../../../events/leads.ts'
import { counted, type Mover } from '../../parties/index.ts'
import { queryPage } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { subjectOf } from './capture-lead.ts'
import { leads, leadsOf } from './lead.table.ts'
import { isOpen, type Lead, type LeadStatus } from './lead.ts'

const open: LeadStatus[] = ['new', 'working', 'qualified']

/** Open leads of a leaver go to whoever takes what follows no customer; what was converted or given up stays the leaver's. */
export const leadMover: Mover = {
  kind: 'leads',
  most: 10,
  async page(ctx, { fromUserId, toUserId }, after = `${open[0]}`, most) {
    const [status = open[0]!, at] = after.split(' ') as [LeadStatus, string?]
    const range = { index: 'gsi2' as const, partition: leadsOf(fromUserId, status) }
    const { items, more } = await queryPage(ctx, range, { limit: most, after: at })
    const found = await findMany(
      ctx,
      items.map(({ id }) => ({ entity: leads, id: id as string })),
      { consistent: true },
    )
    const own = ([...found.values()] as Lead[]).filter((lead) => lead.ownerId === fromUserId && isOpen(lead))
    const following = open[open.indexOf(status) + 1]
    return {
      counts: counted(own.map(() => toUserId)),
      writes: own.map((lead) => leads.replace(ctx, lead, { ...lead, ownerId: toUserId })),
      events: own.map((lead) => LeadAssigned(subjectOf(lead), { from: fromUserId, to: toUserId, how: 'handed-over' })),
      id: own[0]?.id,
      after: more && items.length > 0 ? `${status} ${items.at(-1)!.gsi2sk}` : following,
    }
  },
}
