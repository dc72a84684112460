import type { Locale } from './text.ts'

export type { Locale }

/** Who calls. `userId` is the person behind a call, also behind an API key; null for the system itself. */
export interface Actor {
  kind: 'user' | 'key' | 'system'
  id: string
  userId: string | null
  roles: string[]
  /** Permissions an API key is limited to; null = all that the roles give. */
  scopes: string[] | null
}

/** What of a tenant every request needs. Settings are read through `identity`. */
export interface TenantInfo {
  id: string
  name: string
  timeZone: string
  currency: string
  locale: Locale
  /** Signs cursors and links; never leaves the system. */
  signingKey: string
  /** Whether a campaign of the tenant ever started from events: only then are they marked for whoever starts campaigns. */
  marksEvents?: true | undefined
}

/** The database as the kernel sees it; only `domain/store` knows how to use it. */
export interface Database {
  table: string
  /** Without a tenant the command is for `SYS#`. */
  send(command: unknown, tenantId?: string): Promise<unknown>
}

/** One message to be sent. The address of the sender is decided by the mailer from the tenant's settings. */
export interface OutgoingMail {
  /** The delivery id: SES carries it as tag `delivery`, its events bring it back. */
  deliveryId: string
  tenantId: string
  from: { name: string; email?: string }
  /** All of them see each other. */
  to: string | string[]
  replyTo?: string
  subject: string
  html: string
  text: string
  headers?: Record<string, string>
  /** Further tags that the events of SES bring back: `about` and `customer` name the record that a mail brings to a customer. */
  tags?: Record<string, string>
  attachments?: MailAttachment[]
}

interface MailAttachment {
  filename: string
  contentType: string
  content: Buffer
}

/** What SES says of the account that mails go out by. */
export interface MailAccount {
  /** True when SES has verified the address, its domain or a domain above. */
  isVerified(address: string): Promise<boolean>
  /** Mails that the account may send in a second. */
  ratePerSecond(): Promise<number>
}

/** Hands one mail to SES and answers its message id. Fails with MailRefused when certainly nothing was sent. */
export type Mailer = (mail: OutgoingMail) => Promise<string>

/** The file store; keys are made by the use cases. People upload and download by presigned addresses, jobs read and write themselves. */
export interface FileStore {
  uploadUrl(key: string, contentType: string, size: number): Promise<string>
  startParts(key: string, contentType: string): Promise<string>
  partUrls(key: string, uploadId: string, parts: number): Promise<string[]>
  /** Puts the parts together; false when these are not the parts that were uploaded. Again, once it is done, is true. */
  completeParts(key: string, uploadId: string, etags: string[]): Promise<boolean>
  downloadUrl(key: string, fileName: string): Promise<string>
  /** Size in bytes, or undefined when nothing is there. */
  size(key: string): Promise<number | undefined>
  /** Changes whenever the bytes do; undefined when nothing is there. */
  tag(key: string): Promise<string | undefined>
  /** The bytes from `start` up to, not including, `end`, as they come. */
  read(key: string, start?: number, end?: number): AsyncIterable<Uint8Array>
  /** Keeps bytes as they come, the large ones in parts; nothing is there before all are. */
  write(key: string, contentType: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  remove(key: string): Promise<void>
  /** The keys of everything behind a prefix, in order. */
  list(prefix: string): AsyncIterable<string>
}

/** Puts messages on a work queue of the manifest. `delaySeconds` up to 900. */
export type Enqueue = (queue: string, messages: unknown[], delaySeconds?: number) => Promise<void>

/** The answer that is kept with an idempotency key and given again. */
export interface StoredAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** The body is base64 of bytes. */
  isBase64?: true
}

/** A keyed request: its record is written in the same transaction as its work. */
export interface IdempotentRequest {
  key: string
  hash: string
  /** The answer that belongs to the result of the use case. */
  answer(result: unknown): StoredAnswer
}

/** What one order brought, in minor units of the books without tax, and of which products. */
interface OrderedSale {
  /** Of the customer. */
  partition: string
  amount: number
  productIds: readonly string[]
}

/** What was ordered from one day to another: for contexts that know nothing of sales, given to them by who runs them. */
export type ReadSales = (ctx: Context, span: { from: string; to: string }, take: (sale: OrderedSale) => void) => Promise<void>

/** First argument of everything that reads or writes. */
export interface Context {
  tenant: TenantInfo
  actor: Actor
  requestId: string
  now(): string
  newId(prefix: string, within?: string): string
  db: Database
  mail: Mailer
  mailAccount: MailAccount
  files: FileStore
  enqueue: Enqueue
  sales: ReadSales
  /** Base of links in mails, without a slash at the end. */
  publicUrl: string
  idempotency?: IdempotentRequest
  /** Of what is only tried out and writes nothing: the numbers that it would have given out, by their counters. */
  trial?: Map<string, number>
}

/**
 * A context without a tenant, for what must be found before one is known (API-key hashes, tenants by reminder hour).
 * It reaches `SYS#` keys only; made by `systemContext()` in functions/runtime.ts.
 */
export interface SystemContext {
  system: true
  now(): string
  db: Database
  enqueue: Enqueue
}

/** The person behind a call, also behind an API key; the system itself where there is none. */
export const callerOf = ({ actor }: Context): string => actor.userId ?? actor.id
