/** EventBridge on one machine: PutEvents over AWS JSON 1.1, rules by source and detail type, targets are queues. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { readBody, sendJson, serve } from '../http.ts'

type Pattern = { [member: string]: unknown[] | Pattern }

export interface Rule {
  bus: string
  source: string
  detailTypes: string[]
  /** Of members of the event's detail, at any depth, the values that are wanted. */
  detail?: Pattern | undefined
  /** Whether the mail that an event of SES is about has the tag `campaign`; undefined when it does not matter. */
  ofCampaigns?: boolean | undefined
  queue: string
}

export interface BusEvent {
  version: '0'
  id: string
  'detail-type': string
  source: string
  account: string
  time: string
  region: string
  resources: string[]
  detail: unknown
}

interface Entry {
  Source?: string
  DetailType?: string
  Detail?: string
  EventBusName?: string
  Resources?: string[]
  Time?: number
}

interface PutResult {
  EventId?: string
  ErrorCode?: string
  ErrorMessage?: string
}

export interface LocalBus {
  endpoint: string
  /** PutEvents for who runs in this process: what goes through HTTP and the SDK otherwise, of each event of the outbox. */
  send(command: PutEventsCommand): Promise<{ Entries: PutResult[] }>
  /** Puts an event of an AWS service on the default bus. */
  publish(source: string, detailType: string, resources: string[], detail: unknown): void
  /** The next so many entries of PutEvents fail, as EventBridge fails entries one by one. */
  failNext(entries: number): void
  stop(): Promise<void>
}

const maxEntries = 10
const maxBytes = 256 * 1024

/** Starts the bus; every event goes to the queue of each rule that matches it. */
export async function startBus(rules: Rule[], send: (queue: string, body: string) => void): Promise<LocalBus> {
  let failing = 0
  const deliver = (bus: string, event: BusEvent): void => {
    for (const rule of rules) if (rule.bus === bus && matches(rule, event)) send(rule.queue, JSON.stringify(event))
  }
  const put = (entry: Entry): PutResult => {
    if (failing > 0) {
      failing -= 1
      return { ErrorCode: 'InternalFailure', ErrorMessage: 'The entry failed as asked.' }
    }
    const refused = refusal(entry)
    if (refused) return refused
    const event = busEvent(entry)
    deliver(entry.EventBusName ?? 'default', event)
    return { EventId: event.id }
  }
  const server = await serve(0, (request, response) => answer(request, response, put))
  return {
    endpoint: server.url,
    send: async ({ input: { Entries = [] } }) => {
      const entries = Entries.map(({ Time, ...entry }) => ({ ...entry, ...(Time ? { Time: Time.getTime() / 1000 } : {}) }) as Entry)
      const refused = refusalOf(entries)
      if (refused) throw new Error(refused)
      return { Entries: entries.map(put) }
    },
    publish: (source, detailType, resources, detail) =>
      deliver('default', busEvent({ Source: source, DetailType: detailType, Resources: resources, Detail: JSON.stringify(detail) })),
    failNext: (entries) => {
      failing = entries
    },
    stop: server.stop,
  }
}

function matches(rule: Rule, event: Pick<BusEvent, 'source' | 'detail-type' | 'detail'>): boolean {
  if (rule.source !== event.source || !rule.detailTypes.includes(event['detail-type'])) return false
  const { mail } = event.detail as { mail?: { tags?: object } }
  if (rule.ofCampaigns !== undefined && rule.ofCampaigns !== Object.hasOwn(mail?.tags ?? {}, 'campaign')) return false
  return fits(rule.detail ?? {}, event.detail)
}

/** A value, or `{ exists: false }` for a member that is not there. */
const isWanted = (wanted: unknown, value: unknown): boolean => (typeof wanted === 'object' ? value === undefined : value === wanted)

function fits(pattern: Pattern, value: unknown): boolean {
  const members = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return Object.entries(pattern).every(([name, wanted]) =>
    Array.isArray(wanted) ? wanted.some((value) => isWanted(value, members[name])) : fits(wanted, members[name]),
  )
}

async function answer(request: IncomingMessage, response: ServerResponse, put: (entry: Entry) => PutResult): Promise<void> {
  const body = await readBody(request, 4 * maxBytes)
  const refuse = (message: string): void =>
    sendJson(response, 400, { __type: 'ValidationException', message }, 'application/x-amz-json-1.1')
  if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents') return refuse('Only PutEvents is served here.')
  const entries = entriesOf(String(body ?? ''))
  const refused = refusalOf(entries)
  if (refused) return refuse(refused)
  const results = entries.map(put)
  const failed = results.filter((result) => result.ErrorCode).length
  sendJson(response, 200, { FailedEntryCount: failed, Entries: results }, 'application/x-amz-json-1.1')
}

/** Why a call is refused as a whole. */
function refusalOf(entries: Entry[]): string | undefined {
  if (entries.length < 1 || entries.length > maxEntries) return `PutEvents takes 1 to ${maxEntries} entries.`
  return entries.reduce((sum, entry) => sum + entrySize(entry), 0) > maxBytes ? 'Total size of the entries is over 256 KB.' : undefined
}

function entriesOf(body: string): Entry[] {
  try {
    return JSON.parse(body).Entries ?? []
  } catch {
    return []
  }
}

function refusal(entry: Entry): PutResult | undefined {
  if (!entry.Source || !entry.DetailType) return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Source and DetailType are required.' }
  if (entry.Source.startsWith('aws.')) return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'aws. is reserved.' }
  try {
    const detail: unknown = JSON.parse(entry.Detail ?? '')
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return undefined
  } catch {}
  return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
}

function busEvent(entry: Entry): BusEvent {
  const time = entry.Time ? new Date(entry.Time * 1000) : new Date()
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType!,
    source: entry.Source!,
    account: '000000000000',
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: 'us-east-1',
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail!),
  }
}

// EventBridge's rule: source, detail type, detail and resources in bytes, and 14 for a time.
function entrySize(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), entry.Time ? 14 : 0)
}
