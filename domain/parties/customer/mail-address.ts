import type { Context } from '../../kernel/context.ts'
import { findMany } from '../../store/read.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import type { Customer } from './customer.ts'

/** An address, with the name of the contact that is written to there. */
export interface MailAddress {
  email: string
  contact?: string
}

/**
 * Where customers are written to, by their ids: a customer's own address, else that of its primary contact, with the contact's name.
 * Who has neither is missing. One call for many.
 */
export async function mailAddressesOf(ctx: Context, customers: readonly Customer[]): Promise<Map<string, MailAddress>> {
  const primary = customers.flatMap(({ primaryContactId }) => primaryContactId ?? [])
  const found = await findMany(
    ctx,
    primary.map((id) => ({ entity: contacts, id })),
  )
  const addresses = customers.flatMap(({ id, email: own, primaryContactId }): [string, MailAddress][] => {
    const contact = primaryContactId ? (found?.get(primaryContactId) as Contact | undefined) : undefined
    const email = own ?? contact?.email
    return email ? [[id, { email, ...(contact ? { contact: contact.name } : {}) }]] : []
  })
  return new Map(addresses)
}
