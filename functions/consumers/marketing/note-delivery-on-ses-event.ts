import { noteDelivery } from '../../../domain/marketing/delivery/note-ses-news.ts'
import { readDeliveryNews } from '../../../domain/marketing/delivery/read-ses-news.ts'
import { retryStale } from '../../../domain/store/commit.ts'
import { batchHandler } from '../../batch.ts'
import { count } from '../../count.ts'
import { bareContext } from '../../runtime.ts'

/** An event of SES about a mail of a campaign -> its delivery. */
export const handler = batchHandler(async (event) => {
  const news = readDeliveryNews(event)
  if (!news || !(await retryStale(() => noteDelivery(bareContext(news.tenantId), news)))) return
  if (news.fact === 'b') count('MailBounced')
  if (news.fact === 'm') count('MailComplained')
  if (news.fact === 'r') count('MailRejected')
})
