import type { AnyRoute } from '../route.ts'
import { formPageRoutes } from './form-pages.ts'
import { leadFormRoutes } from './lead-forms.ts'
import { leadRulesRoutes } from './lead-rules.ts'
import { leadRoutes } from './leads.ts'

export const leadsRoutes: AnyRoute[] = [...leadRoutes, ...leadRulesRoutes, ...leadFormRoutes, ...formPageRoutes]
