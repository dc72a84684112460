import type { RecordKind } from '../../kernel/record-kind.ts'
import { createLead } from './capture-lead.ts'
import { changeLead, deleteLead, getLead } from './change-lead.ts'
import { ChangeLead, CreateLead, type Lead } from './lead.ts'

/** Leads, for batch, upsert, import and export. */
export const leadKind: RecordKind<Lead> = {
  name: 'leads',
  noun: 'lead',
  Create: CreateLead,
  Change: ChangeLead,
  permissions: { read: 'leads.read', write: 'leads.write', remove: 'leads.write' },
  get: getLead,
  create: createLead,
  change: changeLead,
  remove: deleteLead,
}
