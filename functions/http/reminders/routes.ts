import type { AnyRoute } from '../route.ts'
import { followUpPageRoutes } from './follow-up-page.ts'

export const remindersRoutes: AnyRoute[] = followUpPageRoutes
