import * as z from 'zod'
import { knownUsers, readTenant, senderOf, type Tenant, UserId } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { invalid, notFound, Problem } from '../../kernel/errors.ts'
import { idOf } from '../../kernel/ids.ts'
import { type Contact, type Customer, contacts, visibleOfCustomer } from '../../parties/index.ts'
import { LiquidFault, sendOnce } from '../../platform/index.ts'
import { get } from '../../store/read.ts'
import { unsubscribeHeaders } from '../unsubscribe/link.ts'
import { messageTemplates } from './message-template.table.ts'
import { recipientValues } from './recipient-values.ts'
import { type Content, type Message, messageMaker } from './render-message.ts'

export const PreviewTemplate = z
  .strictObject({ contactId: idOf('con').meta({ description: 'Whom it is shown for.' }) })
  .meta({ id: 'PreviewTemplate' })
export const TestTemplate = PreviewTemplate.extend({
  userIds: z.array(UserId).min(1).max(5).meta({ description: 'Colleagues who get it; never the contact.' }),
}).meta({ id: 'TestTemplate' })
export const Preview = z.object({ subject: z.string(), html: z.string(), text: z.string() }).meta({ id: 'MessagePreview' })
export const TestSent = z.object({ sent: z.int().meta({ description: 'How many mails SES took.' }) }).meta({ id: 'TestSent' })

async function recipient(ctx: Context, contactId: string): Promise<{ contact: Contact; customer: Customer }> {
  try {
    const { record, customer } = await visibleOfCustomer(ctx, contacts, contactId)
    return { contact: record, customer }
  } catch (error) {
    throw error instanceof Problem && error.kind === 'not-found' ? notFound('contact', '/contactId') : error
  }
}

/** A content as a contact would read it. The unsubscribe link in it leads nowhere, so that nobody unsubscribes somebody else. */
async function previewContent(
  ctx: Context,
  content: Content,
  contactId: string,
  campaignName = '',
): Promise<{ tenant: Tenant; message: Message }> {
  const [tenant, who] = await Promise.all([readTenant(ctx), recipient(ctx, contactId)])
  const values = await recipientValues(ctx, { tenant, ...who, campaignName, unsubscribeUrl: `${ctx.publicUrl}/u/preview` })
  try {
    return { tenant, message: messageMaker(content)(values) }
  } catch (error) {
    if (error instanceof LiquidFault || error instanceof RangeError)
      throw invalid('template.too-much', '/contactId', `For this contact the template asks for too much: ${error.message}`)
    throw error
  }
}

/** The mail as a contact would get it; 404 for a contact out of sight. */
export const previewTemplate = async (ctx: Context, { id, contactId }: { id: string; contactId: string }): Promise<Message> =>
  (await previewContent(ctx, await get(ctx, messageTemplates, id), contactId)).message

/** Mails a content to colleagues as the contact would read it. 422 `test.not-a-colleague` for anybody else. */
export async function sendTest(
  ctx: Context,
  content: Content,
  { contactId, userIds }: z.output<typeof TestTemplate>,
  campaignName?: string,
): Promise<{ sent: number }> {
  const colleagues = new Map((await knownUsers(ctx)).filter(({ active }) => active).map(({ id, email }) => [id, email]))
  const stranger = userIds.findIndex((id) => !colleagues.has(id))
  if (stranger >= 0) throw invalid('test.not-a-colleague', `/userIds/${stranger}`, 'A test goes to people of the firm alone.')
  const { tenant, message } = await previewContent(ctx, content, contactId, campaignName)
  const from = senderOf(tenant)
  let sent = 0
  for (const id of new Set(userIds)) {
    const email = colleagues.get(id)!
    const mail = {
      from,
      to: email,
      ...message,
      subject: `[Test] ${message.subject}`,
      headers: unsubscribeHeaders(`${ctx.publicUrl}/u/preview`),
    }
    const outcome = await sendOnce(ctx, { key: ['campaign-test', ctx.requestId, id], compose: () => mail })
    if (outcome === 'sent') sent += 1
  }
  return { sent }
}

export const testTemplate = async (
  ctx: Context,
  { id, ...test }: { id: string } & z.output<typeof TestTemplate>,
): Promise<{ sent: number }> => sendTest(ctx, await get(ctx, messageTemplates, id), test)
