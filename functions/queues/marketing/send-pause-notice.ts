import * as z from 'zod'
import { PauseNotice, sendPauseNotice } from '../../../domain/marketing/campaign/pause-notice.ts'
import { mailWorker } from '../../mail-worker.ts'

/** Tells one person of a campaign that stopped by itself. */
export const handler = mailWorker('send-pause-notice', PauseNotice.extend({ tenantId: z.string() }), sendPauseNotice)
