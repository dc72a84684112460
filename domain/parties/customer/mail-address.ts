import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Customer } from './customer.ts'

/** Where a customer is written to: its own address, else that of its primary contact, with the contact's name. */
export async function mailAddressOf(ctx: Context, customer: Customer): Promise<{ email: string; contact?: string } | undefined> {
  const contact = customer.primaryContactId ? await find(ctx, contacts, customer.primaryContactId) : undefined
  const email = customer.email ?? contact?.email
  return email ? { email, ...(contact ? { contact: contact.name } : {}) } : undefined
}
