import type { AnyRoute } from '../route.ts'
import { leadRulesRoutes } from './lead-rules.ts'
import { leadRoutes } from './leads.ts'

export const leadsRoutes: AnyRoute[] = [...leadRoutes, ...leadRulesRoutes]
