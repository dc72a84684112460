import { randomUUID } from 'node:crypto'
import type { Context } from '../../domain/kernel/context.ts'
import { sendOnce } from '../../domain/platform/index.ts'
import { deliveryIdOf, type MailKey } from '../../domain/platform/mail/mail.ts'
import { readSesEvent } from '../../domain/platform/mail/ses-news.ts'
import { settleMail } from '../../domain/platform/mail/settle-mail.ts'
import { readItems } from '../../domain/store/read-items.ts'
import { scattered } from '../../domain/store/scattered.ts'
import { fakeClock, fakeSes, sesEvent, withMail } from './mail.ts'
import type { TestTenant } from './tenant.ts'

/** What the mail says. */
export const compose = () => ({ from: { name: 'Test' }, to: 'reader@test.example', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' })

/** A mail of its own with clock and SES, sent as often as the test says, and by whomever. */
export async function aMail(tenant: TestTenant) {
  const key: MailKey = ['test', randomUUID()]
  const clock = fakeClock()
  const ses = fakeSes()
  const ctx = withMail(await tenant.as(tenant.admin), clock, ses)
  const send = (as: Context = ctx) => sendOnce(as, { key, compose })
  const record = async () => (await readItems(ctx, [scattered('MAIL', [deliveryIdOf(key)])]))[0]
  const event = (type = 'Send', more: Record<string, unknown> = {}) =>
    settleMail(ctx, [readSesEvent(sesEvent(type, { tenantId: tenant.id, deliveryId: deliveryIdOf(key) }, more))!])
  return { key, clock, ses, ctx, send, record, event }
}
