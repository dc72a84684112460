import type { AnyRoute } from '../route.ts'
import { documentImageRoutes } from './document-images.ts'
import { documentTemplateRoutes } from './document-templates.ts'

export const documentsRoutes: AnyRoute[] = [...documentTemplateRoutes, ...documentImageRoutes]
