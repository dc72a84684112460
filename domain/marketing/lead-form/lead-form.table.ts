import { defineEntity } from '../../store/entity.ts'
import { externalIdGuard } from '../../store/external-id.ts'
import type { LeadForm } from './lead-form.ts'

export const allLeadForms = ['LEAD-FORMS']

/** All of a tenant in one partition. */
export const leadForms = defineEntity<LeadForm>({
  type: 'lead-form',
  prefix: 'lfm',
  schemaVersion: 1,
  key: (id) => ({ pk: allLeadForms, sk: [id] }),
  guards: ({ externalId }) => externalIdGuard('lead-form', externalId),
})
