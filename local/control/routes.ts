import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Problem } from '../../domain/kernel/errors.ts'
import { parseInput } from '../../domain/kernel/parse-input.ts'
import type { LocalBus } from '../aws/events.ts'
import type { MailStore } from '../aws/mail-store.ts'
import type { LocalQueues } from '../aws/queues.ts'
import type { LocalSes } from '../aws/ses.ts'
import { checkBooksOf } from '../check-books.ts'
import type { LocalIdentity } from '../identity.ts'
import type { LocalFunction } from '../lambda.ts'
import type { LocalIssuer } from '../tokens.ts'
import { type ControlRoute, control } from './control.ts'

export interface ControlRoom {
  identity: LocalIdentity
  issuer: LocalIssuer
  schedules: Map<string, LocalFunction>
  queueNames: string[]
  queues: LocalQueues
  mails: MailStore
  ses: LocalSes
  bus: LocalBus
  settle(): Promise<void>
}

const share = z.number().min(0).max(1)

const Faults = z
  .strictObject({
    throttleShare: share,
    failShare: share,
    loseReplyShare: share,
    maxPerSecond: z.number().min(0),
    unverified: z.array(z.string()),
    events: z.boolean(),
  })
  .partial()

const MailFilter = z.object({ tenant: z.string().optional(), to: z.string().optional(), limit: z.coerce.number().int().min(1).optional() })

// The page shows mails in a frame that runs nothing; should a script get out of it all the same, it may load nothing from elsewhere.
const contentPolicy = "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'"

const page = (path: string, type: string, file: string): ControlRoute => ({
  method: 'GET',
  path,
  run: () => ({
    headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': contentPolicy },
    body: readFileSync(join(import.meta.dirname, file), 'utf8'),
  }),
})

/** Everything under `/_local`. */
export const controlRoutes = (room: ControlRoom): ControlRoute[] => [...people(room), ...running(room), ...mailbox(room)]

const people = ({ identity, issuer }: ControlRoom): ControlRoute[] => [
  control({
    method: 'POST',
    path: '/_local/tokens',
    body: z.strictObject({ tenant: z.string().min(1), email: z.string().min(1) }),
    run: async ({ body }) => ({ body: { accessToken: await issuer.issue(await identity.subject(body.tenant, body.email)) } }),
  }),
  control({
    method: 'POST',
    path: '/_local/tenants',
    body: z.strictObject({ name: z.string(), timeZone: z.string().optional(), currency: z.string().optional() }),
    run: async ({ body }) => {
      const { subject, adminEmail } = await identity.createTenant(body)
      return { status: 201, body: { tenantId: subject.tenantId, adminEmail, adminToken: await issuer.issue(subject) } }
    },
  }),
  { method: 'GET', path: '/_local/.well-known/jwks.json', run: () => ({ body: issuer.keys() }) },
]

const running = ({ schedules, settle, queueNames, queues, bus }: ControlRoom): ControlRoute[] => [
  control({
    method: 'POST',
    path: '/_local/schedules/{name}/run',
    body: z.strictObject({ time: z.iso.datetime({ offset: true }).optional() }),
    run: async ({ params: [name = ''], body }) => {
      const schedule = schedules.get(name)
      const known = [...schedules.keys()].join(', ')
      if (!schedule)
        throw new Problem('not-found', 'schedule.not-found', `There is no schedule ${JSON.stringify(name)}; there are: ${known}.`)
      const time = new Date(body.time ?? Date.now()).toISOString().replace(/\.\d+Z$/, 'Z')
      await schedule.invoke({ name, time })
      return { body: { name, time } }
    },
  }),
  {
    method: 'POST',
    path: '/_local/settle',
    run: async () => {
      await settle()
      return { body: { settled: true } }
    },
  },
  {
    method: 'GET',
    path: '/_local/dead-letters',
    run: () => ({ body: { data: queueNames.flatMap((queue) => queues.deadLetters(queue).map((letter) => ({ queue, ...letter }))) } }),
  },
  {
    method: 'GET',
    path: '/_local/books',
    query: ['tenant'],
    run: async ({ query }) => ({ body: await checkBooksOf(query.tenant ?? 'demo') }),
  },
  control({
    method: 'POST',
    path: '/_local/events/faults',
    body: z.strictObject({ failNext: z.int().min(0) }),
    run: ({ body }) => {
      bus.failNext(body.failNext)
      return { body }
    },
  }),
]

const mailbox = ({ mails, ses }: ControlRoom): ControlRoute[] => [
  {
    method: 'GET',
    path: '/_local/mail',
    query: ['tenant', 'to', 'limit'],
    run: async ({ query }) => ({ body: { data: await mails.list(parseInput(MailFilter, query)) } }),
  },
  {
    method: 'GET',
    path: '/_local/mail/{id}/attachments/{n}',
    run: async ({ params: [id = '', n = ''] }) => {
      const found = await mails.attachment(id, Number(n))
      if (!found)
        throw new Problem('not-found', 'attachment.not-found', 'There is no such mail, or it has no such attachment; they count from 0.')
      // Never shown in place: a mailed page must not run as one of ours.
      const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(found.filename)}`
      return { headers: { 'content-type': found.contentType, 'content-disposition': disposition }, body: found.content }
    },
  },
  control({
    method: 'POST',
    path: '/_local/mail/events',
    body: z.strictObject({ type: z.enum(['bounce', 'complaint', 'delivery', 'open', 'click']), messageId: z.string() }),
    run: ({ body: { type, messageId } }) => {
      const mail = mails.get(messageId)
      if (!mail) throw new Problem('not-found', 'mail.not-found', 'There is no mail with this messageId.')
      ses.play(type, mail)
      return { status: 202, body: { type, messageId } }
    },
  }),
  control({
    method: 'POST',
    path: '/_local/mail/faults',
    body: Faults,
    run: ({ body }) => ({ body: Object.assign(ses.faults, body) }),
  }),
  page('/_local/mailbox', 'text/html', 'mailbox.html'),
  page('/_local/mailbox.css', 'text/css', 'mailbox.css'),
  page('/_local/mailbox.js', 'text/javascript', 'mailbox.js'),
]
