import * as z from 'zod'
import { line } from '../../kernel/text.ts'

const MailingList = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits and hyphens')
    .meta({ description: 'What campaigns and suppressions call it.' }),
  name: line(60).meta({ description: 'What recipients read on the page behind the unsubscribe link.' }),
})

/** Kinds of marketing mail that a recipient may take or leave one by one. */
export const MailingLists = z
  .array(MailingList)
  .max(20)
  .refine((lists) => new Set(lists.map(({ key }) => key)).size === lists.length, 'must not have a key twice')
  .meta({ description: 'Kinds of marketing mail that recipients may take or leave one by one.' })
