import type { AnyRoute } from '../route.ts'
import { activityReportRoutes } from './activities.ts'

export const reportsRoutes: AnyRoute[] = [...activityReportRoutes]
