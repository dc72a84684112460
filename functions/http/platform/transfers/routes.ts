import type { AnyRoute } from '../../route.ts'
import { exportRoutes } from './exports.ts'
import { importRoutes } from './imports.ts'

export const transfersRoutes: AnyRoute[] = [...importRoutes, ...exportRoutes]
