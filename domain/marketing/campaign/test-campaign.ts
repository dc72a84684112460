import type * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { find, get } from '../../store/read.ts'
import { messageTemplates } from '../message-template/message-template.table.ts'
import { sendTest, type TestTemplate } from '../message-template/preview-template.ts'
import { withAttachments } from './attachments.ts'
import { campaigns } from './campaign.table.ts'

/** Mails a campaign to colleagues as a contact would read it: what it was launched with, else its template as it is now. */
export async function testCampaign(
  ctx: Context,
  { id, ...test }: { id: string } & z.output<typeof TestTemplate>,
): Promise<{ sent: number }> {
  const { content, templateId, name, attachments } = await get(ctx, campaigns, id)
  const template = content || !templateId ? undefined : await find(ctx, messageTemplates, templateId)
  const chosen = content ?? (template && withAttachments(template, attachments))
  if (!chosen) throw new Problem('conflict', 'campaign.no-template', 'Say what is sent: a template that there is.')
  return sendTest(ctx, chosen, test, name)
}
