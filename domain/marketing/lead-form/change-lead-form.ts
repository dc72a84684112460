import type * as z from 'zod'
import { LeadFormChanged, LeadFormCreated, LeadFormDeleted } from '../../../events/leads.ts'
import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/errors.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { find, get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { campaigns } from '../campaign/campaign.table.ts'
import { allLeadForms, leadForms } from './lead-form.table.ts'
import {
  type ChangeLeadForm,
  type CreateLeadForm,
  formDefaults,
  type LeadForm,
  LeadFormRecord,
  requireSoundForm,
  withWording,
} from './lead-form.ts'

const subjectOf = ({ id }: LeadForm) => ({ type: 'lead-form', id })

async function requireSound(ctx: Context, form: LeadForm, campaignBefore?: string): Promise<void> {
  requireSoundForm(form)
  if (form.campaignId && form.campaignId !== campaignBefore && !(await find(ctx, campaigns, form.campaignId)))
    throw notFound('campaign', '/campaignId')
}

/** Makes a form. 422 for one that could not reach anybody, 404 for a campaign there is not. */
export async function createLeadForm(ctx: Context, input: z.output<typeof CreateLeadForm>): Promise<LeadForm> {
  const filled = { ...structuredClone(formDefaults), ...compact(input), ...newRecord(ctx, 'lfm') } as LeadForm
  await requireSound(ctx, filled)
  const form = withWording(filled, ctx.now())
  return commit(ctx, [leadForms.create(form)], [LeadFormCreated(subjectOf(form), {})])
}

/** Changes a form by merge patch; another wording of the consent gets the next number, and the former ones are kept. */
export async function changeLeadForm(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeLeadForm>; ifMatch?: string | undefined },
): Promise<LeadForm> {
  const before = await get(ctx, leadForms, id, { consistent: true })
  requireVersion(before, ifMatch)
  const after = withWording(mergePatch(LeadFormRecord, before, changes), ctx.now())
  await requireSound(ctx, after, before.campaignId)
  const changed = changedFields(before, after)
  if (changed.length === 0) return before
  const told = changed.filter((field) => field !== 'wordings')
  return commit(ctx, [leadForms.replace(ctx, before, after)], [LeadFormChanged(subjectOf(before), { changed: told })])
}

/** Deletes a form: its address answers 404 from then on. What came by it stays. */
export async function deleteLeadForm(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const form = await get(ctx, leadForms, id, { consistent: true })
  requireVersion(form, ifMatch)
  await commit(ctx, [leadForms.remove(form)], [LeadFormDeleted(subjectOf(form), {})])
}

export const getLeadForm = (ctx: Context, { id }: { id: string }): Promise<LeadForm> => get(ctx, leadForms, id)

export const leadFormList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** All forms, newest first unless asked otherwise. */
export async function listLeadForms(ctx: Context, input: ListInput): Promise<Page<LeadForm>> {
  const range = { partition: allLeadForms, from: 'lfm_', to: 'lfm_~', reverse: input.sort === '-createdAt' }
  const page = await listPage(ctx, 'lead-forms', [range], input)
  return { ...page, data: page.data.map((item) => recordOf(leadForms, item)) }
}
