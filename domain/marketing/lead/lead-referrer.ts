import { customerPartition, type Referrer } from '../../parties/index.ts'
import { queryPage } from '../../store/query.ts'
import { findMany } from '../../store/read.ts'
import { leadMark, leads } from './lead.table.ts'
import type { Lead } from './lead.ts'

/** A transaction takes 100 items: a lead is turned with its mark, here and there. */
const leadsAtOnce = 20

/** Leads that became a customer that was merged: they say whose they are now, and are found with the survivor. */
export const leadReferrer: Referrer = {
  kind: 'leads',
  async turn(ctx, { partitions, from, to }, after = '0') {
    const [at = '0', sk] = after.split(' ')
    const partition = partitions[Number(at)]
    if (partition === undefined) return { count: 0, writes: [] }
    const range = { partition: customerPartition(partition), prefix: [leadMark] }
    const { items, more } = await queryPage(ctx, range, { limit: leadsAtOnce, after: sk, consistent: true })
    const found = await findMany(
      ctx,
      items.map(({ ref }) => ({ entity: leads, id: ref as string })),
      { consistent: true },
    )
    const some = ([...found.values()] as Lead[]).filter(({ converted }) => converted?.customerId === from)
    const next = more && items.length > 0 ? `${at} ${items.at(-1)!.sk}` : `${Number(at) + 1}`
    return {
      count: some.length,
      writes: some.map((lead) => leads.replace(ctx, lead, { ...lead, converted: { ...lead.converted!, customerId: to.id } })),
      after: Number(next.split(' ')[0]) >= partitions.length ? undefined : next,
    }
  },
}
