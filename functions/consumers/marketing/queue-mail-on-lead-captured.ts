import { confirmMailOf } from '../../../domain/marketing/lead-form/confirm-mail.ts'
import { LeadCaptured, LeadCapturedAgain } from '../../../events/leads.ts'
import { enqueue } from '../../clients/queues.ts'
import { consumerOf } from '../../consumer.ts'

/** Whoever came by a form that confirms addresses is asked by a mail; who does not answer is forgotten after a while. */
export const handler = consumerOf(
  [LeadCaptured, LeadCapturedAgain],
  async (ctx, { id: eventId, subject, at, data }) => {
    if (data.formId === null) return
    // One that came again says nothing of its status: a look too many finds nothing.
    if (!('status' in data) || data.status === 'unconfirmed') await ctx.enqueue('tidy-leads', [{ tenantId: ctx.tenant.id, captured: at }])
    const mail = await confirmMailOf(ctx, { leadId: subject.id, eventId })
    if (mail) await ctx.enqueue('send-lead-mail', [{ tenantId: ctx.tenant.id, ...mail }])
  },
  { enqueue },
)
