import type * as z from 'zod'
import { MessageTemplateChanged, MessageTemplateCreated, MessageTemplateDeleted } from '../../../events/marketing.ts'
import type { Context } from '../../kernel/context.ts'
import { changedFields, compact, mergePatch } from '../../kernel/merge-patch.ts'
import type { ListInput, ListSpec, Page } from '../../kernel/paging.ts'
import { commit } from '../../store/commit.ts'
import { recordOf } from '../../store/entity.ts'
import { listPage } from '../../store/list.ts'
import { get } from '../../store/read.ts'
import { newRecord, requireVersion } from '../../store/record.ts'
import { compileTemplate } from './compile-template.ts'
import { allMessageTemplates, messageTemplates } from './message-template.table.ts'
import { type ChangeMessageTemplate, type CreateMessageTemplate, type MessageTemplate, MessageTemplateRecord } from './message-template.ts'

const subjectOf = (id: string) => ({ type: 'message-template', id })

/** Saves a template, compiled. 422 with the place of every fault (compile-template.ts). */
export async function createMessageTemplate(ctx: Context, input: z.output<typeof CreateMessageTemplate>): Promise<MessageTemplate> {
  const given = compact(input) as z.output<typeof CreateMessageTemplate>
  const source = given as MessageTemplate
  const template = { ...source, ...(await compileTemplate(source)), ...newRecord(ctx, 'mtp') }
  return commit(ctx, [messageTemplates.create(template)], [MessageTemplateCreated(subjectOf(template.id), {})])
}

/** Changes a template by merge patch and compiles it again. Campaigns that were launched keep what they were launched with. */
export async function changeMessageTemplate(
  ctx: Context,
  { id, changes, ifMatch }: { id: string; changes: z.output<typeof ChangeMessageTemplate>; ifMatch?: string | undefined },
): Promise<MessageTemplate> {
  const before = await get(ctx, messageTemplates, id, { consistent: true })
  requireVersion(before, ifMatch)
  const merged = mergePatch(MessageTemplateRecord, before, changes)
  const changed = changedFields(before, merged)
  if (changed.length === 0) return before
  const after = { ...merged, ...(await compileTemplate(merged)) }
  return commit(ctx, [messageTemplates.replace(ctx, before, after)], [MessageTemplateChanged(subjectOf(id), { changed })])
}

/** Deletes a template. What was launched with it has its content by itself. */
export async function deleteMessageTemplate(ctx: Context, { id, ifMatch }: { id: string; ifMatch?: string | undefined }): Promise<void> {
  const template = await get(ctx, messageTemplates, id, { consistent: true })
  requireVersion(template, ifMatch)
  await commit(ctx, [messageTemplates.remove(template)], [MessageTemplateDeleted(subjectOf(id), {})])
}

export const getMessageTemplate = (ctx: Context, { id }: { id: string }): Promise<MessageTemplate> => get(ctx, messageTemplates, id)

export const messageTemplateList = { filters: {}, sorts: ['-createdAt', 'createdAt'] } as const satisfies ListSpec

/** All templates, without their texts. */
export async function listMessageTemplates(ctx: Context, input: ListInput): Promise<Page<MessageTemplate>> {
  const range = { partition: allMessageTemplates, from: 'mtp_', to: 'mtp_~', reverse: input.sort === '-createdAt' }
  const page = await listPage(ctx, 'message-templates', [range], input)
  return { ...page, data: page.data.map((item) => recordOf(messageTemplates, item)) }
}
