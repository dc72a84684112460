import { files } from '../../../clients/files.ts'
import { httpHandler } from '../../api.ts'
import { transfersRoutes } from './routes.ts'

export const handler = httpHandler(transfersRoutes, { files })
