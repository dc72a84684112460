import * as z from 'zod'
import { line } from '../../kernel/text.ts'

const MailingList = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits and hyphens')
    .meta({ description: 'What campaigns and suppressions call it.' }),
  name: line(60).meta({ description: 'What recipients read on the page behind the unsubscribe link.' }),
})

/** `广告` or `AD` where the law wants advertisements to say so in their subject. */
export const AdSubjectMark = line(20).meta({
  description: 'Stands before the subject of marketing mail where the law wants it, such as 广告 or AD.',
})

export const RequireConsent = z.boolean().meta({ description: 'Marketing mail goes only to contacts with recorded consent.' })

export const MailRate = z
  .int()
  .min(0)
  .max(1000)
  .meta({ description: 'Marketing mails of the firm in a second; never more than the account may send.' })

/** What SES grants accounts that are new. */
export const defaultMailRate = 14

/** Kinds of marketing mail that a recipient may take or leave one by one. */
export const MailingLists = z
  .array(MailingList)
  .max(20)
  .refine((lists) => new Set(lists.map(({ key }) => key)).size === lists.length, 'must not have a key twice')
  .meta({ description: 'Kinds of marketing mail that recipients may take or leave one by one.' })

/** Answers to marketing mail go to an address of this domain, one for each mail. */
export const ReplyDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(180)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, 'must be a domain')
  .meta({
    description:
      'Answers to marketing mail go to addresses of this domain, whose mail server posts them to /v1/reply-hook. Null: to the sender.',
    example: 'reply.firm.example',
  })

/** At most so many marketing mails to a contact in so many days, over all campaigns. */
export const MailCap = z
  .strictObject({ mails: z.int().min(1).max(50), days: z.int().min(1).max(365) })
  .meta({ description: 'Marketing mails a contact gets at most in so many days, over all campaigns. Null: as many as campaigns send.' })
