import type { AnyRoute } from '../route.ts'
import { campaignRoutes } from './campaigns.ts'
import { messageTemplateRoutes } from './message-templates.ts'
import { responseRoutes } from './response-pages.ts'
import { segmentRoutes } from './segments.ts'
import { suppressionRoutes } from './suppressions.ts'
import { unsubscribePageRoutes } from './unsubscribe-page.ts'

export const marketingRoutes: AnyRoute[] = [
  ...campaignRoutes,
  ...suppressionRoutes,
  ...segmentRoutes,
  ...messageTemplateRoutes,
  ...unsubscribePageRoutes,
  ...responseRoutes,
]
