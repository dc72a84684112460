import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { type Contact, changeContact, contacts } from '../../parties/index.ts'
import { find } from '../../store/read.ts'
import { suppressedAmong } from './suppression.table.ts'
import { everything } from './suppression.ts'

interface Told {
  scope: string
  contactId: string | null
}

/** The contact of a suppression, and whether its address as it is now may be mailed; undefined when nothing is to be kept in step. */
async function standing(ctx: Context, { scope, contactId }: Told): Promise<{ contact: Contact; suppressed: boolean } | undefined> {
  if (scope !== everything || !contactId) return undefined
  const contact = await find(ctx, contacts, contactId, { consistent: true })
  if (!contact?.email) return undefined
  return { contact, suppressed: (await suppressedAmong(ctx, [contact.email], [everything])).size > 0 }
}

async function setMarketing(ctx: Context, { id }: Contact, marketing: NonNullable<Contact['marketing']>): Promise<void> {
  try {
    await changeContact(ctx, { id, changes: { marketing } })
  } catch (error) {
    // Deleted meanwhile: nothing is left to be kept in step.
    if (!(error instanceof Problem && error.kind === 'not-found')) throw error
  }
}

/**
 * Marks a contact whose address was suppressed. It looks at the list as it is now, so that news may come twice and in any
 * order.
 */
export async function optOutContact(ctx: Context, told: Told): Promise<void> {
  const found = await standing(ctx, told)
  if (found?.suppressed && !found.contact.marketing?.optedOut) await setMarketing(ctx, found.contact, { optedOut: true })
}

/** Takes the mark away again; what the recipient asked for is consent, with its moment. */
export async function optInContact(ctx: Context, told: Told & { byRecipient: boolean }, at: string): Promise<void> {
  const found = await standing(ctx, told)
  if (!found || found.suppressed || found.contact.marketing?.optedOut === false) return
  const consent = told.byRecipient ? { consent: { at, source: 'unsubscribe-page' } } : {}
  await setMarketing(ctx, found.contact, { optedOut: false, ...consent })
}
