import type { AnyRoute } from '../route.ts'
import { docsRoutes } from './docs.ts'
import { eventRoutes } from './events.ts'
import { fileRoutes } from './files.ts'

export const platformRoutes: AnyRoute[] = [...fileRoutes, ...eventRoutes, ...docsRoutes]
