import type { AnyRoute } from '../route.ts'
import { deliveryNoteRoutes } from './delivery-notes.ts'
import { documentImageRoutes } from './document-images.ts'
import { documentTemplateRoutes } from './document-templates.ts'
import { documentRoutes } from './documents.ts'
import { quotePageRoutes } from './quote-page.ts'
import { sentPageRoutes } from './sent-page.ts'
import { statementPageRoutes } from './statement-page.ts'

export const documentsRoutes: AnyRoute[] = [
  ...documentRoutes,
  ...deliveryNoteRoutes,
  ...documentTemplateRoutes,
  ...documentImageRoutes,
  ...quotePageRoutes,
  ...sentPageRoutes,
  ...statementPageRoutes,
]
