import type { AnyRoute } from '../route.ts'
import { activityReportRoutes } from './activities.ts'
import { campaignReportRoutes } from './campaigns.ts'
import { deliveryReportRoutes } from './deliveries.ts'
import { receiptReportRoutes } from './receipts.ts'
import { receivableReportRoutes } from './receivables.ts'
import { salesReportRoutes } from './sales.ts'

export const reportsRoutes: AnyRoute[] = [
  ...salesReportRoutes,
  ...receivableReportRoutes,
  ...receiptReportRoutes,
  ...activityReportRoutes,
  ...deliveryReportRoutes,
  ...campaignReportRoutes,
]
