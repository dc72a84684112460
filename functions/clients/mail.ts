import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'
import type { Mailer, OutgoingMail } from '../../domain/kernel/context.ts'
import { MailRefused } from '../../domain/kernel/errors.ts'
import { sparing } from '../../domain/store/sparing-client.ts'
import { wired } from '../../domain/store/wire-client.ts'
import { env, lazily, optionalEnv } from '../runtime.ts'
import { refusalOf } from './mail-refusal.ts'
import { mailWire } from './mail-wire.ts'
import { rawMail } from './raw-mail.ts'

// One attempt: whether a failed send is tried again is decided by the one mail rule, not by the client. A send that hangs
// ends well before the lease of its claim.
const ses = lazily(() => {
  const client = new SESClient({
    maxAttempts: 1,
    ...sparing,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  })
  // There is nothing to count of one attempt; signing has its place behind this one.
  const [name, step, priority] = ['retryMiddleware', 'finalizeRequest', 'high'] as const
  client.middlewareStack.add((next) => next, { name, step, priority, override: true })
  return wired(client, mailWire)
})

/**
 * Sends one mail by SES `SendRawEmail`, tagged with tenant and delivery id so that its events find the way back. Fails with
 * MailRefused when SES certainly did not take it.
 */
export const mail: Mailer = async (message) => {
  const command = await commandOf(message)
  try {
    return (await ses().send(command)).MessageId!
  } catch (error) {
    throw refusalOf(error) ?? error
  }
}

async function commandOf(message: OutgoingMail): Promise<SendRawEmailCommand> {
  try {
    const from = { name: message.from.name, address: message.from.email ?? env('MAIL_SENDER') }
    const configurationSet = optionalEnv('MAIL_CONFIGURATION_SET')
    return new SendRawEmailCommand({
      RawMessage: { Data: await mailBytes(message, from) },
      Source: from.address,
      Destinations: [message.to].flat(),
      ...(configurationSet ? { ConfigurationSetName: configurationSet } : {}),
      Tags: [
        { Name: 'tenant', Value: message.tenantId },
        { Name: 'delivery', Value: message.deliveryId },
        ...Object.entries(message.tags ?? {}).map(([Name, Value]) => ({ Name, Value })),
      ],
    })
  } catch (error) {
    throw new MailRefused('it could not be built', false, { cause: error })
  }
}

/** A mail as it goes over the wire. The general composer is loaded only for what carries attachments. */
export async function mailBytes(message: OutgoingMail, from: { name: string; address: string }): Promise<Buffer> {
  const { to, replyTo, subject, html, text, headers, attachments = [] } = message
  if (attachments.length === 0) return rawMail(message, from)
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer/index.js')
  const more = { ...(headers ? { headers } : {}), ...(replyTo ? { replyTo } : {}), attachments }
  return new MailComposer({ from, to, subject, html, text, ...more }).compile().build()
}
