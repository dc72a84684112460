import { documentsRoutes } from './documents/routes.ts'
import { financeRoutes } from './finance/routes.ts'
import { identityRoutes } from './identity/routes.ts'
import { leadsRoutes } from './leads/routes.ts'
import { marketingRoutes } from './marketing/routes.ts'
import { partiesRoutes } from './parties/routes.ts'
import { platformRoutes } from './platform/routes.ts'
import { transfersRoutes } from './platform/transfers/routes.ts'
import { remindersRoutes } from './reminders/routes.ts'
import { reportsRoutes } from './reports/routes.ts'
import type { AnyRoute } from './route.ts'
import { salesRoutes } from './sales/routes.ts'

/** The routes of each HTTP context of the manifest, by its name. */
export const routesByContext: Record<string, AnyRoute[]> = {
  identity: identityRoutes,
  parties: partiesRoutes,
  platform: platformRoutes,
  transfers: transfersRoutes,
  sales: salesRoutes,
  finance: financeRoutes,
  documents: documentsRoutes,
  reminders: remindersRoutes,
  reports: reportsRoutes,
  marketing: marketingRoutes,
  leads: leadsRoutes,
}

export const allRoutes: AnyRoute[] = Object.values(routesByContext).flat()
