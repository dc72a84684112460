import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Contact, type Customer, contacts } from '../../parties/index.ts'
import { find } from '../../store/read.ts'

/**
 * Who is written to when nobody is named: the contact of the document, else the primary one, else the firm itself. 422
 * `<noun>.no-recipient` when none of them has an address.
 */
export async function usualRecipient(
  ctx: Context,
  customer: Customer,
  { noun, pointer, contactId }: { noun: string; pointer: string; contactId?: string | undefined },
): Promise<string[]> {
  const ids = [contactId, customer.primaryContactId].filter((id) => id !== undefined)
  const people: (Contact | undefined)[] = await Promise.all(ids.map((id) => find(ctx, contacts, id)))
  const email = people.find((contact) => contact?.email)?.email ?? customer.email
  if (email) return [email]
  throw invalid(`${noun}.no-recipient`, pointer, 'Neither the contact nor the customer has an e-mail address. Say whom to write to.')
}
