import type { AnyRoute } from '../route.ts'
import { documentImageRoutes } from './document-images.ts'
import { documentTemplateRoutes } from './document-templates.ts'
import { documentRoutes } from './documents.ts'
import { quotePageRoutes } from './quote-page.ts'

export const documentsRoutes: AnyRoute[] = [...documentRoutes, ...documentTemplateRoutes, ...documentImageRoutes, ...quotePageRoutes]
