import * as z from 'zod'
import type { Context } from '../../kernel/context.ts'
import { Instant } from '../../kernel/dates.ts'
import { invalid } from '../../kernel/errors.ts'
import { Email, line, paragraph } from '../../kernel/text.ts'
import type { Customer } from '../../parties/index.ts'
import { usualRecipient } from '../document/usual-recipient.ts'

/** How documents go to the customer: by SES with the PDF, by a link to pass on (WeChat), or printed. */

const channels = ['email', 'link', 'paper'] as const
type Channel = (typeof channels)[number]

/** How a quote, an order or a delivery note is to go. */
export const SendDocument = z
  .strictObject({
    channel: z.enum(channels).meta({ description: 'By mail with the document, by a link to pass on, or printed.' }),
    to: z
      .array(Email)
      .max(10)
      .nullish()
      .meta({ description: 'Of a mail; the contact of the document, else that of the customer, when left out.' }),
    subject: line(200).nullish(),
    message: paragraph(4000).nullish().meta({ description: 'Stands in the mail above the document.' }),
    again: z.boolean().nullish().meta({ description: 'Send it once more although nothing has changed.' }),
  })
  .meta({ id: 'SendDocument' })
export type SendDocument = z.output<typeof SendDocument>

/** How it went, the last time. */
export const Delivery = z.object({
  at: Instant.nullable().default(null),
  channel: z.enum(channels),
  to: z.array(z.string()),
  subject: z.string().nullable().default(null),
  message: z.string().nullable().default(null),
})
export type Delivery = z.output<typeof Delivery>

/** How it went as it is kept: `send` counts the sends of a document, each of which has a mail of its own; `edition` is the one that was sent. */
export const StoredDelivery = Delivery.extend({ send: z.int(), edition: z.int().optional() })
export type StoredDelivery = z.output<typeof StoredDelivery>

/** What every way of sending says. */
type Way = Omit<Delivery, 'at'>

interface Recipients {
  noun: string
  /** Where the request names the addresses. */
  pointer: string
  contactId?: string | undefined
}

/** How a document goes: to the addresses that are named, else to who is usually written to. 422 `<noun>.recipient-without-mail`, `<noun>.no-recipient`. */
export async function wayOf(
  ctx: Context,
  customer: Customer,
  asked: { channel: Channel; to?: string[] | null | undefined; subject?: string | null | undefined; message?: string | null | undefined },
  { noun, pointer, contactId }: Recipients,
): Promise<Way> {
  const { channel } = asked
  const named = [...new Set(asked.to ?? [])]
  if (channel !== 'email' && named.length > 0)
    throw invalid(`${noun}.recipient-without-mail`, pointer, `Only a ${noun} that goes by mail is sent to addresses.`)
  const isAsked = channel === 'email' && named.length === 0
  const to = isAsked ? await usualRecipient(ctx, customer, { noun, pointer, contactId }) : named
  return { channel, to, subject: asked.subject ?? null, message: asked.message ?? null }
}
