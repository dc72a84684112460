import type { AnyRoute } from '../route.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { handoverRoutes } from './handovers.ts'
import { tenantRoutes } from './tenant.ts'
import { userRoutes } from './users.ts'

export const identityRoutes: AnyRoute[] = [...tenantRoutes, ...userRoutes, ...handoverRoutes, ...apiKeyRoutes]
