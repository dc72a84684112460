import { changeTenant } from '../../../domain/identity/tenant/change-tenant.ts'
import { currentTenant } from '../../../domain/identity/tenant/read-tenant.ts'
import { ChangeTenant, Tenant } from '../../../domain/identity/tenant/tenant.ts'
import { requireLetterheadImages } from '../../../domain/platform/document/image/require-letterhead.ts'
import { route } from '../route.ts'

export const tenantRoutes = [
  route({
    method: 'GET',
    path: '/v1/tenant',
    summary: 'Get the settings of the firm',
    permission: 'tenant.read',
    response: Tenant,
    run: currentTenant,
  }),
  route({
    method: 'PATCH',
    path: '/v1/tenant',
    summary: 'Change the settings of the firm',
    description: 'JSON Merge Patch. Another zone or reminder hour takes effect with the next full hour; no day is lost or mailed twice.',
    permission: 'tenant.write',
    body: ChangeTenant,
    response: Tenant,
    example: { body: { reminderHour: 7, calendar: { holidays: ['2027-02-06', '2027-02-08'], extraWorkdays: ['2027-02-14'] } } },
    run: async (ctx, input) => {
      await requireLetterheadImages(ctx, input.changes.letterhead)
      return changeTenant(ctx, input)
    },
  }),
]
