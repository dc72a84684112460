import * as z from 'zod'
import { line } from '../../kernel/text.ts'
import { ChangeContact, ChangeCustomer, CustomerId, DuplicateOverride } from '../../parties/index.ts'

/** How a lead is made a customer of. Without anything said it is all taken from the lead. */
export const ConvertLead = z
  .strictObject({
    customerId: CustomerId.nullish().meta({ description: 'A customer that is there already: the lead becomes a contact of it.' }),
    customer: ChangeCustomer.omit({ duplicateOverride: true, nextContactOn: true })
      .meta({ id: 'LeadCustomer' })
      .nullish()
      .meta({ description: 'What the new customer has beyond, or other than, what the lead says.' }),
    contact: ChangeContact.meta({ id: 'LeadContact' })
      .nullish()
      .meta({ description: 'What the contact has beyond, or other than, what the lead says.' }),
    nextContactOn: ChangeCustomer.shape.nextContactOn,
    duplicateOverride: DuplicateOverride.nullish().meta({
      description: 'Goes on in spite of candidates: token of the 409, and the reason.',
    }),
  })
  .prefault({})
  .meta({ id: 'ConvertLead' })
export type ConvertLead = z.output<typeof ConvertLead>

export const Disqualify = z.strictObject({ reason: line(500) }).meta({ id: 'DisqualifyLead' })
