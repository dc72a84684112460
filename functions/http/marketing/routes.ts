import type { AnyRoute } from '../route.ts'
import { messageTemplateRoutes } from './message-templates.ts'
import { segmentRoutes } from './segments.ts'
import { suppressionRoutes } from './suppressions.ts'
import { unsubscribePageRoutes } from './unsubscribe-page.ts'

export const marketingRoutes: AnyRoute[] = [...suppressionRoutes, ...segmentRoutes, ...messageTemplateRoutes, ...unsubscribePageRoutes]
