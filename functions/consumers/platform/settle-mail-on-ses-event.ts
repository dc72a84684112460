import { readSesEvent, type SesNews } from '../../../domain/platform/mail/ses-news.ts'
import { settleMail } from '../../../domain/platform/mail/settle-mail.ts'
import { groupHandler } from '../../batch.ts'
import { type Counted, count } from '../../count.ts'
import { bareContext } from '../../runtime.ts'

const counted: Partial<Record<SesNews['fact'], Counted>> = {
  bouncedAt: 'MailBounced',
  complainedAt: 'MailComplained',
  rejectedAt: 'MailRejected',
}

const mailOf = ({ tenantId, deliveryId }: SesNews): string => `${tenantId} ${deliveryId}`

/** Events of SES about mails of ours -> the mails' records; what a batch has about one mail is noted together. */
export const handler = groupHandler(readSesEvent, mailOf, async (news) => {
  for (const { fact } of await settleMail(bareContext(news[0].tenantId), news)) {
    const name = counted[fact]
    if (name) count(name)
  }
})
