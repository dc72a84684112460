import type * as z from 'zod'
import type { Context } from '../domain/kernel/context.ts'
import type { SendOutcome } from '../domain/platform/index.ts'
import { mail } from './clients/mail.ts'
import { enqueue } from './clients/queues.ts'
import { count } from './count.ts'
import { logError } from './log.ts'
import { queueWorker } from './queue-worker.ts'
import { type Abilities, tenantContext } from './runtime.ts'

/** The longest SQS delays a message. */
const mostSeconds = 900

/** The handler of a queue whose messages are a mail each. */
export function mailWorker<S extends z.ZodType<{ tenantId: string }>>(
  queue: string,
  Message: S,
  send: (ctx: Context, message: z.output<S>) => Promise<SendOutcome | 'nothing-due'>,
  abilities: Abilities = {},
) {
  return queueWorker(Message, async (message) => {
    const ctx = await mailContext(message.tenantId, abilities)
    await afterMail(ctx, queue, message, await send(ctx, message))
  })
}

/** The context of a worker that sends mails of a tenant. */
export const mailContext = (tenantId: string, abilities: Abilities = {}): Promise<Context> =>
  tenantContext(tenantId, undefined, undefined, { ...abilities, mail, enqueue })

/**
 * What follows from how a mail went that `message` asks for: one that has to wait goes back to the queue for that long; one whose fate
 * stays unknown is logged and counted.
 */
export async function afterMail(ctx: Context, queue: string, message: object, outcome: SendOutcome | 'nothing-due'): Promise<void> {
  if (typeof outcome === 'object') return ctx.enqueue(queue, [message], secondsUntil(outcome.waitUntil, ctx.now()))
  if (outcome === 'sent-again') count('MailSentAgain')
  if (outcome !== 'unknown') return
  count('MailUnknown')
  logError('Nothing proves that this mail was sent.', { queue, mail: message })
}

const secondsUntil = (instant: string, now: string): number =>
  Math.min(mostSeconds, Math.max(0, Math.ceil((Date.parse(instant) - Date.parse(now)) / 1000)))
