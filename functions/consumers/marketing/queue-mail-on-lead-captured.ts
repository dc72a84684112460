import { confirmMailOf } from '../../../domain/marketing/lead-form/confirm-mail.ts'
import { LeadCaptured, LeadCapturedAgain } from '../../../events/leads.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumerOf } from '../../consumer.ts'

/** Whoever came by a form that confirms addresses is asked by a mail. */
export const handler = consumerOf(
  [LeadCaptured, LeadCapturedAgain],
  async (ctx, { id: eventId, subject, data }) => {
    if ((data as { formId: string | null }).formId === null) return
    const mail = await confirmMailOf(ctx, { leadId: subject.id, eventId })
    if (mail) await ctx.enqueue('send-lead-mail', [{ tenantId: ctx.tenant.id, ...mail }])
  },
  { enqueue },
)
