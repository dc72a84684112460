import { readSesEvent, type SesNews } from '../../../domain/platform/mail/ses-news.ts'
import { settleMail } from '../../../domain/platform/mail/settle-mail.ts'
import { batchHandler } from '../../batch.ts'
import { type Counted, count } from '../../count.ts'
import { bareContext } from '../../runtime.ts'

const counted: Partial<Record<SesNews['fact'], Counted>> = {
  bouncedAt: 'MailBounced',
  complainedAt: 'MailComplained',
  rejectedAt: 'MailRejected',
}

/** An event of SES about a mail of ours -> the mail's record. */
export const handler = batchHandler(async (event) => {
  const news = readSesEvent(event)
  if (!news || !(await settleMail(bareContext(news.tenantId), news))) return
  const name = counted[news.fact]
  if (name) count(name)
})
