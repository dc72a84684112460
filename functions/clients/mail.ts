import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { Mailer } from '../../domain/kernel/context.ts'
import { env, lazily, optionalEnv } from '../runtime.ts'

// One attempt: whether a failed send is tried again is decided by the one mail rule, not by the client.
const ses = lazily(() => new SESClient({ maxAttempts: 1 }))

/** Sends one mail by SES `SendRawEmail`, tagged with tenant and delivery id so that its events find the way back. */
export const mail: Mailer = async (message) => {
  const from = { name: message.from.name, address: message.from.email ?? env('MAIL_SENDER') }
  const { to, subject, html, text, headers } = message
  const raw = await new MailComposer({ from, to, subject, html, text, ...(headers ? { headers } : {}) }).compile().build()
  const { MessageId } = await ses().send(
    new SendRawEmailCommand({
      RawMessage: { Data: raw },
      Source: from.address,
      Destinations: [to],
      ...(optionalEnv('MAIL_CONFIGURATION_SET') ? { ConfigurationSetName: env('MAIL_CONFIGURATION_SET') } : {}),
      Tags: [
        { Name: 'tenant', Value: message.tenantId },
        { Name: 'delivery', Value: message.deliveryId },
      ],
    }),
  )
  return MessageId!
}
