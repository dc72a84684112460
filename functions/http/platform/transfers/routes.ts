import type { AnyRoute } from '../../route.ts'
import { importRoutes } from './imports.ts'

export const transfersRoutes: AnyRoute[] = [...importRoutes]
