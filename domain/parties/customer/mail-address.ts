import type { Context } from '../../kernel/context.ts'
import type { Locale } from '../../kernel/text.ts'
import { findMany } from '../../store/read.ts'
import { contacts } from '../contact/contact.table.ts'
import type { Contact } from '../contact/contact.ts'
import type { Customer } from './customer.ts'

/** An address, with the contact that is written to there: its name and the language to write in, where that is known. */
export interface MailAddress {
  email: string
  contact?: string
  locale?: Locale
}

/**
 * Where customers are written to, by their ids: a customer's own address, else that of its primary contact, with its name and language.
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
    const whom = contact ? { contact: contact.name, ...(contact.locale ? { locale: contact.locale } : {}) } : {}
    return email ? [[id, { email, ...whom }]] : []
  })
  return new Map(addresses)
}
