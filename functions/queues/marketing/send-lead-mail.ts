import * as z from 'zod'
import { ConfirmMail, sendConfirmMail } from '../../../domain/marketing/lead-form/confirm-mail.ts'
import { mailWorker } from '../../mail-worker.ts'

/** Asks somebody who came by a form whether the address is their own. */
export const handler = mailWorker('send-lead-mail', ConfirmMail.extend({ tenantId: z.string() }), sendConfirmMail)
