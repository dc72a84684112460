import { CustomerLeadConverted, LeadConverted } from '../../../events/leads.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, Problem } from '../../kernel/errors.ts'
import { compact } from '../../kernel/merge-patch.ts'
import {
  type Contact,
  type Customer,
  contacts,
  contactsOfCustomer,
  createContact,
  createCustomer,
  customers,
  writableCustomer,
} from '../../parties/index.ts'
import { commit } from '../../store/commit.ts'
import { openStage } from '../../store/stage.ts'
import { writableLead } from './access.ts'
import { subjectOf } from './capture-lead.ts'
import type { ConvertLead } from './conversion.ts'
import { leads } from './lead.table.ts'
import type { Lead } from './lead.ts'
import { counted, stepped } from './lead-steps.ts'
import { withPoints } from './with-points.ts'

function requireConvertible({ converted }: Lead): void {
  if (!converted) return
  const message = 'This lead was converted already. Work with its customer.'
  throw new Problem('conflict', 'lead.converted', message, {
    extra: { customerId: converted.customerId, contactId: converted.contactId },
  })
}

/** What a customer is made of: what the lead says, and over it what the caller says. */
function customerInput(ctx: Context, lead: Lead, { customer = {}, nextContactOn }: ConvertLead): Record<string, unknown> {
  const { company, name, industry, source, ownerId, country, province, city } = lead
  const place = compact({ country, province, city })
  const address = Object.keys(place).length > 0 ? { addresses: [{ kind: 'office', ...place }] } : {}
  return {
    name: company ?? name,
    ...compact({ industry, source, ownerId: ownerId ?? ctx.actor.userId }),
    ...address,
    ...compact(customer ?? {}),
    ...(nextContactOn ? { nextContactOn } : {}),
  }
}

/** Consent goes over to the contact as it was given. */
function contactInput(lead: Lead, customerId: string, isFirst: boolean, { contact }: ConvertLead): Record<string, unknown> {
  const { name, title, email, phone, wechat, locale, consent, notes, message } = lead
  return {
    customerId,
    name,
    ...compact({ title, email, wechat, locale, notes: notes ?? message }),
    ...(phone ? { phones: [phone] } : {}),
    ...(consent ? { marketing: { consent } } : {}),
    ...(isFirst ? { primary: true } : {}),
    ...compact(contact ?? {}),
  }
}

interface Target {
  customer: Customer
  contact: Contact
  outcome: 'created' | 'linked'
}

async function linked(ctx: Context, lead: Lead, customerId: string, input: ConvertLead): Promise<Target> {
  const customer = await writableCustomer(ctx, customerId, '/customerId')
  const known = lead.email ? (await contactsOfCustomer(ctx, customer)).find(({ email }) => email === lead.email) : undefined
  if (!known)
    return { customer, contact: await createContact(ctx, contactInput(lead, customer.id, false, input) as never), outcome: 'linked' }
  // Both must still be there: a lead is erased with the contact that it became, which would be over by then.
  await commit(ctx, [contacts.keep(known), customers.keepField(customer, 'ownerId')], [])
  return { customer, contact: known, outcome: 'linked' }
}

async function created(ctx: Context, lead: Lead, input: ConvertLead): Promise<Target> {
  const { duplicateOverride } = input
  const body = customerInput(ctx, lead, input)
  const customer = await createCustomer(ctx, { ...body, ...(duplicateOverride ? { duplicateOverride } : {}) } as never)
  const contact = await createContact(ctx, contactInput(lead, customer.id, true, input) as never)
  return { customer, contact, outcome: 'created' }
}

/**
 * Makes a customer with a contact of a lead, or a contact of a customer that is there: all of it in one transaction, once. The
 * customer goes through the duplicate check as every new customer does (409 with candidates and override; link instead with
 * customerId). 409 `lead.converted` for one that was converted, with what it became.
 */
export async function convertLead(ctx: Context, { id, ...input }: { id: string } & ConvertLead): Promise<Lead> {
  requirePermission(ctx.actor, 'customers.write')
  requirePermission(ctx.actor, 'contacts.write')
  if (input.customerId && (input.customer || input.duplicateOverride))
    throw invalid('lead.two-targets', '/customerId', 'Either a customer that is there (customerId), or a new one (customer).')
  const lead = await writableLead(ctx, id)
  requireConvertible(lead)
  const stepDone = stepped(lead, 'convert', ctx.now())
  const stage = openStage(ctx)
  const target = stage.attempt((staged) =>
    input.customerId ? linked(staged, lead, input.customerId, input) : created(staged, lead, input),
  )
  const { customer, contact, outcome } = await target.catch(async (error) => {
    // What stands in the way may be what another one has just made of the same lead.
    requireConvertible(await writableLead(ctx, id))
    throw error
  })
  const converted = { customerId: customer.id, contactId: contact.id, outcome, at: ctx.now(), by: ctx.actor.id }
  const after: Lead = { ...stepDone, converted }
  const campaignId = lead.campaignId ?? null
  const events = [
    LeadConverted(subjectOf(lead), { customerId: customer.id, contactId: contact.id, outcome, campaignId }),
    CustomerLeadConverted(
      { type: 'customer', id: customer.id, customerId: customer.id },
      { leadId: lead.id, contactId: contact.id, outcome, campaignId },
    ),
  ]
  const write = leads.replace(ctx, lead, after)
  const result = await withPoints(ctx, write.result)
  await stage.attempt((staged) => commit(staged, [write, ...counted(lead, after)], events))
  await stage.commit(result)
  return result
}
