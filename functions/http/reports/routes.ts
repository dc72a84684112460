import type { AnyRoute } from '../route.ts'
import { activityReportRoutes } from './activities.ts'
import { receivableReportRoutes } from './receivables.ts'

export const reportsRoutes: AnyRoute[] = [...receivableReportRoutes, ...activityReportRoutes]
