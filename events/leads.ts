import * as z from 'zod'
import { defineEvent } from './define.ts'

const changed = z.array(z.string())
const id = z.string().nullable()
const ownerId = 'usr_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const campaignId = 'cmp_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const formId = 'lfm_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const customerId = 'cus_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const contactId = 'con_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'
const leadId = 'led_01JD8ZQ4T5M6N7P8Q9R0S1T2V3'

export const LeadCaptured = defineEvent({
  name: 'lead.captured',
  version: 1,
  summary: 'A lead came: by the API, an import or a form. `unconfirmed` until its address is confirmed.',
  data: z.strictObject({ status: z.enum(['unconfirmed', 'new', 'qualified']), ownerId: id, campaignId: id, formId: id }),
  sample: { status: 'new', ownerId, campaignId, formId },
})

export const LeadCapturedAgain = defineEvent({
  name: 'lead.captured-again',
  version: 1,
  summary: 'Somebody who is an open lead already came again.',
  data: z.strictObject({ campaignId: id, formId: id }),
  sample: { campaignId, formId },
})

export const LeadConfirmed = defineEvent({
  name: 'lead.confirmed',
  version: 1,
  summary: 'The person confirmed the address by the link in a mail, which is consent to marketing mail.',
  data: z.strictObject({ ownerId: id, formId: id }),
  sample: { ownerId, formId },
})

export const LeadChanged = defineEvent({
  name: 'lead.changed',
  version: 1,
  summary: 'Fields of a lead were changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['company'] },
})

export const LeadAssigned = defineEvent({
  name: 'lead.assigned',
  version: 1,
  summary: 'A lead was given to somebody, or to nobody.',
  data: z.strictObject({ from: id, to: id, how: z.enum(['by-hand', 'by-rules', 'handed-over']) }),
  sample: { from: null, to: ownerId, how: 'by-rules' },
})

export const LeadTakenUp = defineEvent({
  name: 'lead.taken-up',
  version: 1,
  summary: 'Somebody is working on a lead.',
  data: z.strictObject({}),
  sample: {},
})

export const LeadQualified = defineEvent({
  name: 'lead.qualified',
  version: 1,
  summary: 'A lead is worth selling to: somebody said so, or its points did.',
  data: z.strictObject({ score: z.int() }),
  sample: { score: 60 },
})

export const LeadDisqualified = defineEvent({
  name: 'lead.disqualified',
  version: 1,
  summary: 'Nothing will come of a lead.',
  data: z.strictObject({}),
  sample: {},
})

export const LeadReopened = defineEvent({
  name: 'lead.reopened',
  version: 1,
  summary: 'A lead that was given up is worked on again.',
  data: z.strictObject({}),
  sample: {},
})

export const LeadConverted = defineEvent({
  name: 'lead.converted',
  version: 1,
  summary: 'A lead became a customer with a contact, or went to a customer that was there already.',
  data: z.strictObject({ customerId: z.string(), contactId: z.string(), outcome: z.enum(['created', 'linked']), campaignId: id }),
  sample: { customerId, contactId, outcome: 'created', campaignId },
})

export const CustomerLeadConverted = defineEvent({
  name: 'customer.lead-converted',
  version: 1,
  summary: 'A customer won a lead: the same fact as `lead.converted`, on the timeline of the customer.',
  data: z.strictObject({ leadId: z.string(), contactId: z.string(), outcome: z.enum(['created', 'linked']), campaignId: id }),
  sample: { leadId, contactId, outcome: 'created', campaignId },
})

export const LeadDeleted = defineEvent({
  name: 'lead.deleted',
  version: 1,
  summary: 'A lead was erased with everything personal of it.',
  data: z.strictObject({}),
  sample: {},
})

export const LeadRulesChanged = defineEvent({
  name: 'lead-rules.changed',
  version: 1,
  summary: 'The rules were changed by which leads are scored and assigned.',
  data: z.strictObject({ changed }),
  sample: { changed: ['scoring'] },
})

export const LeadFormCreated = defineEvent({
  name: 'lead-form.created',
  version: 1,
  summary: 'A form for leads was made.',
  data: z.strictObject({}),
  sample: {},
})

export const LeadFormChanged = defineEvent({
  name: 'lead-form.changed',
  version: 1,
  summary: 'A form for leads was changed.',
  data: z.strictObject({ changed }),
  sample: { changed: ['consentText'] },
})

export const LeadFormDeleted = defineEvent({
  name: 'lead-form.deleted',
  version: 1,
  summary: 'A form for leads was deleted; what came by it stays.',
  data: z.strictObject({}),
  sample: {},
})
