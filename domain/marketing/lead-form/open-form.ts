import type { Context } from '../../kernel/context.ts'
import { find } from '../../store/read.ts'
import type { Lead } from '../lead/lead.ts'
import { formIdOf } from './form-links.ts'
import { leadForms } from './lead-form.table.ts'
import type { LeadForm } from './lead-form.ts'

/** The form that the address of a page names. */
export const openForm = (ctx: Context, token: string): Promise<LeadForm | undefined> => find(ctx, leadForms, formIdOf(token))

/** The wording that is agreed to by confirming, as it was when the form was sent. */
export async function wordingOf(ctx: Context, { formId, pendingConsent }: Lead): Promise<string | undefined> {
  const form = formId && pendingConsent?.textVersion ? await find(ctx, leadForms, formId) : undefined
  return form?.wordings?.find(({ version }) => `v${version}` === pendingConsent?.textVersion)?.text
}
