import * as z from 'zod'
import { readTenant } from '../../identity/index.ts'
import type { Context } from '../../kernel/context.ts'
import { Problem } from '../../kernel/errors.ts'
import { hexMac, isSameSecret, keyedHash } from '../../kernel/signing.ts'
import { noteDelivery } from '../delivery/note-ses-news.ts'
import { answeredMail } from './reply-address.ts'

/** How the mail server of a firm tells us of a mail that came in. */
export const ReplyHook = z
  .object({
    url: z.string().meta({ description: 'Where it posts `{ to, from, headers }` of each mail as JSON.' }),
    secret: z.string().meta({ description: 'Signs the posts: see the header.' }),
    header: z.literal('X-Guanxi-Signature').meta({
      description: '`t=<seconds since 1970>,v1=<HMAC-SHA256 by the secret of "<t>.<body>", in hex>`, at most five minutes old.',
    }),
    domain: z
      .string()
      .nullable()
      .meta({ description: 'replyDomain of /v1/tenant; without it answers go to the sender, and nobody counts them.' }),
  })
  .meta({ id: 'ReplyHook' })

const secretOf = (ctx: Context): string => keyedHash(ctx.tenant.signingKey, 'reply-hook', ctx.tenant.id)

/** Where the mail server of the firm posts answers to, and the secret that it signs them with. */
export async function getReplyHook(ctx: Context): Promise<z.input<typeof ReplyHook>> {
  const { replyDomain } = await readTenant(ctx)
  const url = `${ctx.publicUrl}/hooks/replies/${encodeURIComponent(ctx.tenant.id)}`
  return { url, secret: secretOf(ctx), header: 'X-Guanxi-Signature', domain: replyDomain ?? null }
}

const IncomingMail = z.object({
  to: z.union([z.string(), z.array(z.string()).max(100)]),
  from: z.string().max(1000),
  headers: z.record(z.string(), z.string()).default({}),
})

const validSeconds = 300

/** 401 `reply.unsigned` for what was not signed with the firm's secret within five minutes, byte by byte. */
export function requireSigned(ctx: Context, header: string, body: string): void {
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header.trim())
  const age = parts ? Math.abs(Date.parse(ctx.now()) / 1000 - Number(parts[1])) : Infinity
  if (!parts || age > validSeconds || !isSameSecret(hexMac(secretOf(ctx), `${parts[1]}.${body}`), parts[2]!))
    throw new Problem('unauthenticated', 'reply.unsigned', 'Sign the post with the secret of /v1/reply-hook, within five minutes.')
}

/** Answers that no person wrote: out of office, receipts, mail that came back. */
function isAutomatic({ from, headers }: z.output<typeof IncomingMail>): boolean {
  const of = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.toLowerCase()]))
  const auto = of['auto-submitted'] !== undefined && of['auto-submitted'] !== 'no'
  const bulk = /^(bulk|junk|list|auto_reply)/.test(of.precedence ?? '') || of['x-autoreply'] !== undefined || of['return-path'] === '<>'
  return auto || bulk || /^[^@]*(mailer-daemon|postmaster|no-?reply)/i.test(from)
}

/**
 * Notes an answer to a mail of a campaign, once for each recipient, however many follow. `counted` is false for automatic answers,
 * for those known before, and for mail that answers none of ours. 422 `reply.malformed`.
 */
export async function takeReply(ctx: Context, body: string): Promise<{ counted: boolean }> {
  const mail = IncomingMail.safeParse(parsed(body))
  if (!mail.success) throw new Problem('invalid', 'reply.malformed', 'Post JSON with to, from and the headers of the mail.')
  const answered = [mail.data.to]
    .flat()
    .map((address) => answeredMail(ctx, address))
    .find((one) => one !== undefined)
  if (!answered || isAutomatic(mail.data)) return { counted: false }
  return { counted: await noteDelivery(ctx, { ...answered, fact: 'p', at: ctx.now() }) }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
