import type { SystemContext } from '../../kernel/context.ts'
import { systemPut } from '../../store/system.ts'
import type { Looked } from '../trigger/enter-portion.ts'
import { campaignStart } from './campaign.table.ts'
import type { Gathered } from './gather-audience.ts'

export interface PlanWork {
  tenantId: string
  campaignId: string
  run: number
  /** Of a run of the schedule: what is due then is due. */
  time?: string | undefined
  /** How far a large segment was gathered by the messages before. */
  gathered?: Gathered | undefined
  /** Of a campaign that goes by days: how far a day was looked through by the messages before. */
  looked?: Looked | undefined
}

export interface BlockWork extends PlanWork {
  block: number
  /** Of a campaign with a trigger: the one mail of a contact. */
  page?: number | undefined
}

/** Has the campaign start, or go on, at a later moment: the schedule `campaigns` finds it there. */
export async function planLater(
  system: SystemContext,
  at: string,
  { tenantId, campaignId, run, ...work }: PlanWork | BlockWork,
): Promise<void> {
  const place = 'page' in work && work.page !== undefined ? { block: work.block, page: work.page } : {}
  const start = { at, tenantId, campaignId, run, ...place }
  await systemPut(system, campaignStart(start), start)
}
