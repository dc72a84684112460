/** SES on one machine: the v1 Query calls over HTTP, a mailbox instead of the world, and faults on demand. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, serve } from '../http.ts'
import type { LocalMail, MailStore } from './mail-store.ts'
import { type SesEvent, type SesEventKind, sesEvent } from './ses-events.ts'
import { isUnverified, members, readEmail, readRawEmail, SesRefusal } from './ses-mail.ts'

/** How SES misbehaves; shares are of all sends, from 0 to 1. */
interface MailFaults {
  /** Refused with Throttling before anything is sent. */
  throttleShare: number
  /** Refused with ServiceUnavailable before anything is sent. */
  failShare: number
  /** Sent, but the caller gets no answer. */
  loseReplyShare: number
  /** More sends than this in one second are throttled, as SES holds an account to its rate. */
  maxPerSecond: number
  /** Senders, or domains of senders, that SES has not verified. */
  unverified: string[]
  /** Whether Sent and Delivered events follow by themselves. */
  events: boolean
}

export interface LocalSes {
  endpoint: string
  faults: MailFaults
  /** Plays an event about a mail onto the bus. */
  play(kind: SesEventKind, mail: LocalMail): void
  stop(): Promise<void>
}

const maxMessageBytes = 10 * 1024 * 1024
const quotaPerDay = 50_000
const noFaults: MailFaults = { throttleShare: 0, failShare: 0, loseReplyShare: 0, maxPerSecond: 1_000_000, unverified: [], events: true }

/** Starts the sink. `random` decides about faults, so that a test can repeat a run. */
export async function startSes(
  store: MailStore,
  configurationSet: string,
  publish: (event: SesEvent) => void,
  random: () => number = Math.random,
): Promise<LocalSes> {
  const faults = { ...noFaults }
  const sent: number[] = []
  const play = (kind: SesEventKind, mail: LocalMail): void => publish(sesEvent(kind, mail, configurationSet))
  const send = async (call: URLSearchParams): Promise<string> => {
    if (random() < faults.throttleShare || overRate(sent, faults.maxPerSecond))
      throw new SesRefusal('Throttling', 'Maximum sending rate exceeded.')
    if (random() < faults.failShare) throw new SesRefusal('ServiceUnavailable', 'Service is unavailable.')
    const id = `${Date.now().toString(16).padStart(16, '0')}-${randomUUID()}-000000`
    const at = new Date().toISOString()
    const { mail, raw } = call.get('Action') === 'SendEmail' ? readEmail(call, id, at) : await readRawEmail(call, id, at)
    if (isUnverified(mail.from, faults.unverified))
      throw new SesRefusal('MessageRejected', 'Email address is not verified. The following identities failed the check.')
    store.add(mail, raw)
    if (faults.events) for (const kind of ['send', 'delivery'] as const) play(kind, mail)
    return id
  }
  const act = async (call: URLSearchParams): Promise<string> => {
    const action = call.get('Action')
    if (action === 'SendEmail' || action === 'SendRawEmail') return `<MessageId>${await send(call)}</MessageId>`
    if (action === 'GetSendQuota') {
      return `<Max24HourSend>${quotaPerDay}</Max24HourSend><MaxSendRate>${faults.maxPerSecond}</MaxSendRate><SentLast24Hours>${store.count()}</SentLast24Hours>`
    }
    if (action === 'GetIdentityVerificationAttributes') return verificationXml(members(call, 'Identities.member'), faults.unverified)
    throw new SesRefusal('InvalidAction', `Could not find operation ${action}.`)
  }
  const server = await serve(0, (request, response) => answer(request, response, act, () => random() < faults.loseReplyShare))
  return { endpoint: server.url, faults, play, stop: server.stop }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  act: (call: URLSearchParams) => Promise<string>,
  loseReply: () => boolean,
): Promise<void> {
  const xml = (status: number, body: string): void => void response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
  // Base64 in a form grows by a third, and some more by its encoding.
  const body = await readBody(request, 2 * maxMessageBytes)
  try {
    if (!body) throw new SesRefusal('InvalidParameterValue', 'Message length is more than 10485760 bytes long.')
    const call = new URLSearchParams(body.toString())
    const result = await act(call)
    if (loseReply()) return void response.destroy()
    const name = call.get('Action')
    xml(
      200,
      `<${name}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${name}Result>${result}</${name}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${name}Response>`,
    )
  } catch (error) {
    const { code, message } = error instanceof SesRefusal ? error : { code: 'InternalFailure', message: String(error) }
    const status = code === 'ServiceUnavailable' ? 503 : code === 'InternalFailure' ? 500 : 400
    xml(
      status,
      `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
    )
  }
}

/** Everybody is verified but who was named; of an identity that is not known SES says nothing. */
function verificationXml(identities: string[], unverified: string[]): string {
  const verified = identities.filter((identity) => !isUnverified(identity, unverified))
  const entry = (identity: string) =>
    `<entry><key>${escapeXml(identity)}</key><value><VerificationStatus>Success</VerificationStatus></value></entry>`
  return `<VerificationAttributes>${verified.map(entry).join('')}</VerificationAttributes>`
}

/** Whether one more now would be over the rate of any second; what is older than a second is forgotten. */
function overRate(sent: number[], maxPerSecond: number): boolean {
  const now = Date.now()
  while (sent.length > 0 && sent[0]! <= now - 1_000) sent.shift()
  if (sent.length >= maxPerSecond) return true
  sent.push(now)
  return false
}

const escapeXml = (text: string): string => text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
