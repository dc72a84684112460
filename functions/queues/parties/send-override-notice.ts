import * as z from 'zod'
import { OverrideNotice, sendOverrideNotice } from '../../../domain/reminders/duplicate/override-notice.ts'
import { mailWorker } from '../../mail-worker.ts'

/** Tells one manager of a customer that was taken in spite of a suspected duplicate. */
export const handler = mailWorker('send-override-notice', OverrideNotice.extend({ tenantId: z.string() }), sendOverrideNotice)
