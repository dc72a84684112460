import * as z from 'zod'
import { BusinessDate } from '../../../domain/kernel/dates.ts'
import { sendDigest } from '../../../domain/reminders/digest/send-digest.ts'
import { mailWorker } from '../../mail-worker.ts'

const PersonDay = z.strictObject({
  tenantId: z.string(),
  userId: z.string(),
  day: BusinessDate,
  nothingOwed: z.literal(true).optional(),
})

/** One person's digest of one day. */
export const handler = mailWorker('send-digest', PersonDay, sendDigest)
