import type { Context } from '../../kernel/context.ts'
import { noteNews } from './mail.table.ts'
import type { SesNews } from './ses-news.ts'

/**
 * Notes an event of SES on the mail's record: whatever it says, SES took the mail, so it counts as sent. Answers true the
 * first time; events that come twice, out of order, or for a mail that is not on record change nothing.
 */
export const settleMail = (ctx: Context, news: SesNews): Promise<boolean> => noteNews(ctx, news)
