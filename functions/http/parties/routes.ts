import type { AnyRoute } from '../route.ts'
import { activityRoutes } from './activities.ts'
import { agendaRoutes } from './agenda.ts'
import { contactRoutes } from './contacts.ts'
import { customerViewRoutes } from './customer-views.ts'
import { customerRoutes } from './customers.ts'
import { followUpRoutes } from './follow-ups.ts'
import { mergeRoutes } from './merges.ts'
import { ownershipRoutes } from './ownership.ts'
import { poolRoutes } from './pools.ts'
import { searchRoutes } from './searches.ts'
import { viewRoutes } from './views.ts'

export const partiesRoutes: AnyRoute[] = [
  ...customerRoutes,
  ...customerViewRoutes,
  ...ownershipRoutes,
  ...mergeRoutes,
  ...poolRoutes,
  ...contactRoutes,
  ...activityRoutes,
  ...followUpRoutes,
  ...agendaRoutes,
  ...searchRoutes,
  ...viewRoutes,
]
