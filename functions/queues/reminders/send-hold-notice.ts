import * as z from 'zod'
import { HoldNotice, sendHoldNotice } from '../../../domain/reminders/order-hold/hold-notice.ts'
import { mailWorker } from '../../mail-worker.ts'

/** Tells one manager of an order that waits for them. */
export const handler = mailWorker('send-hold-notice', HoldNotice.extend({ tenantId: z.string() }), sendHoldNotice)
