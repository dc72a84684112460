import { files } from '../../clients/files.ts'
import { httpHandler } from '../api.ts'
import { platformRoutes } from './routes.ts'

export const handler = httpHandler(platformRoutes, { files })
