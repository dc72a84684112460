import { files } from '../../clients/files.ts'
import { httpHandler } from '../api.ts'
import { documentsRoutes } from './routes.ts'

export const handler = httpHandler(documentsRoutes, { files })
