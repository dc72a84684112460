import type { AnyRoute } from '../route.ts'
import { suppressionRoutes } from './suppressions.ts'
import { unsubscribePageRoutes } from './unsubscribe-page.ts'

export const marketingRoutes: AnyRoute[] = [...suppressionRoutes, ...unsubscribePageRoutes]
