/** Reads what SES's v1 calls carry into a mail of the mailbox. */
import PostalMime, { type Address } from 'postal-mime'
import type { LocalMail } from './mail-store.ts'

/** A refusal as SES words it. */
export class SesRefusal extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

interface ReadMail {
  mail: LocalMail
  raw: Buffer | null
}

/** What of a mail follows its head. */
type MailContent = Pick<LocalMail, 'html' | 'text' | 'attachments'>

/** The content of a raw mail: read when somebody looks at it, for most mails of a large run nobody does. */
export async function contentOf(raw: Uint8Array): Promise<MailContent> {
  const { html, text, attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  return {
    html: asRead(html),
    text: asRead(text),
    attachments: attachments.map((attachment, index) => ({
      filename: attachment.filename ?? `attachment-${index}`,
      contentType: attachment.mimeType,
      size: (attachment.content as ArrayBuffer).byteLength,
    })),
  }
}

const headOf = (raw: Buffer): Buffer => {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw : raw.subarray(0, end + 4)
}

/** `SendRawEmail`, its head: the recipients are `Destinations`, else those of the headers; who stands in no header got a blind copy. */
export async function readRawEmail(call: URLSearchParams, id: string, at: string): Promise<ReadMail> {
  const raw = Buffer.from(call.get('RawMessage.Data') ?? '', 'base64')
  const parsed = await PostalMime.parse(headOf(raw))
  const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key.toLowerCase(), value]))
  const to = addresses(parsed.to)
  const cc = addresses(parsed.cc)
  const shown = new Set([...to, ...cc].map((address) => address.toLowerCase()))
  const destinations = members(call, 'Destinations.member')
  const bcc = destinations.length > 0 ? destinations.filter((address) => !shown.has(bare(address).toLowerCase())) : addresses(parsed.bcc)
  const from = headers.from ?? call.get('Source') ?? ''
  const tags = { ...headerTags(headers['x-ses-message-tags']), ...callTags(call) }
  const mail: LocalMail = {
    id,
    at,
    tenantId: tags.tenant ?? null,
    from: parsed.from ? display(parsed.from) : from,
    to,
    cc,
    bcc: bcc.map(bare),
    subject: parsed.subject ?? '',
    html: null,
    text: null,
    headers,
    attachments: [],
    tags,
  }
  return { mail: checked(mail), raw }
}

/** Text as a mail reader shows it: on the way its lines end in CR LF (RFC 2045). */
const asRead = (text: string | undefined): string | null => text?.replaceAll('\r\n', '\n') ?? null

/** `SendEmail`: subject, text and HTML come apart. */
export function readEmail(call: URLSearchParams, id: string, at: string): ReadMail {
  const tags = callTags(call)
  const mail: LocalMail = {
    id,
    at,
    tenantId: tags.tenant ?? null,
    from: call.get('Source') ?? '',
    to: members(call, 'Destination.ToAddresses.member').map(bare),
    cc: members(call, 'Destination.CcAddresses.member').map(bare),
    bcc: members(call, 'Destination.BccAddresses.member').map(bare),
    subject: call.get('Message.Subject.Data') ?? '',
    html: call.get('Message.Body.Html.Data'),
    text: call.get('Message.Body.Text.Data'),
    headers: {},
    attachments: [],
    tags,
  }
  return { mail: checked(mail), raw: null }
}

function checked(mail: LocalMail): LocalMail {
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc]
  if (!bare(mail.from).includes('@')) throw new SesRefusal('InvalidParameterValue', "Missing final '@domain'")
  if (recipients.length === 0) throw new SesRefusal('InvalidParameterValue', 'Recipient count is 0.')
  if (recipients.length > 50) throw new SesRefusal('MessageRejected', 'Recipient count exceeds 50.')
  const wrong = recipients.find((address) => !/^[\x21-\x7e]+@[\x21-\x7e]+$/.test(address))
  if (wrong !== undefined)
    throw new SesRefusal('InvalidParameterValue', `Local address contains control or whitespace, or is not ASCII: ${wrong}`)
  return mail
}

/** `prefix.1`, `prefix.2`, ... of the Query protocol. */
export function members(call: URLSearchParams, prefix: string): string[] {
  const result: string[] = []
  for (let n = 1; call.has(`${prefix}.${n}`); n++) result.push(call.get(`${prefix}.${n}`)!)
  return result
}

function callTags(call: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {}
  for (let n = 1; call.has(`Tags.member.${n}.Name`); n++)
    tags[call.get(`Tags.member.${n}.Name`)!] = call.get(`Tags.member.${n}.Value`) ?? ''
  return tags
}

/** The header form of tags: `a=1, b=2`. */
function headerTags(header = ''): Record<string, string> {
  const pairs = header.split(',').map((pair) => pair.trim().split('='))
  return Object.fromEntries(pairs.filter(([name]) => name).map(([name, value = '']) => [name, value]))
}

/** Whether a sender, or an identity, is one of these addresses, or belongs to one of these domains. */
export function isUnverified(sender: string, unverified: readonly string[]): boolean {
  const address = bare(sender).toLowerCase()
  return unverified.some(
    (one) => address === one || address.endsWith(`@${one}`) || one.endsWith(`@${address}`) || one.endsWith(`.${address}`),
  )
}

const bare = (address: string): string => /<([^>]*)>\s*$/.exec(address)?.[1] ?? address.trim()

const addresses = (list: Address[] = []): string[] =>
  list.flatMap((entry) => ('group' in entry && entry.group ? entry.group : [entry])).flatMap(({ address }) => (address ? [address] : []))

const display = ({ name, address }: Address): string => (name ? `${name} <${address}>` : (address ?? ''))
