import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import { HttpResponse } from '@smithy/core/protocols'
import { NodeHttpHandler } from '@smithy/node-http-handler'

/**
 * What goes wrong with one call of DynamoDB:
 * `unsent` it never leaves; `lost-reply` it is carried out and nobody hears of it; `throttled` it is refused for being too much;
 * `late` nobody answers and it is carried out after all, when its sender has long gone on; `stale-index` an index does not
 * know yet what was written in the last two seconds; `conflict` another transaction holds its items; `killed-before` and
 * `killed-after` the process dies at it, and sends nothing more.
 */
export const faultKinds = ['unsent', 'lost-reply', 'throttled', 'late', 'stale-index', 'conflict', 'killed-before', 'killed-after'] as const
type FaultKind = (typeof faultKinds)[number]

/** A fault at the n-th call that it can happen to; a lasting one is there for every repetition of that call as well. */
export interface WireFault {
  kind: FaultKind
  at: number
  lasting: boolean
}

type Handle = NodeHttpHandler['handle']
type Request = Parameters<Handle>[0]
type Options = Parameters<Handle>[1]
type Answer = Awaited<ReturnType<Handle>>

/** One piece of work over the wire: its faults, how many calls each of them could have hit, and which came. */
interface Wire {
  faults: readonly WireFault[]
  /** Calls by what can happen to them. */
  calls: Record<FaultKind, number>
  /** Faults that came. */
  hit: Set<WireFault>
  /** What arrives late. */
  underway: Promise<unknown>[]
  /** The place of each call among those of its kind, by the SDK's name for it. */
  places: Map<string, Partial<Record<FaultKind, number>>>
}

interface Life {
  wire: Wire
  dead: boolean
}
const lives = new AsyncLocalStorage<Life>()

/**
 * Runs work, in a process of its own as it were, whose calls of DynamoDB go wrong as said; whatever else runs beside it is left in
 * peace. Answers false when that process died: what it would have said was heard by nobody.
 */
export async function overWire(wire: Wire, work: () => Promise<unknown>): Promise<boolean> {
  const life: Life = { wire, dead: false }
  await lives.run(life, work)
  return !life.dead
}

export const wireOf = (...faults: WireFault[]): Wire => ({
  faults,
  calls: Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>,
  hit: new Set(),
  underway: [],
  places: new Map(),
})

const operationOf = (request: Request) => request.headers['x-amz-target']?.split('.').at(-1) ?? ''
const bodyOf = ({ body }: Request): string => (typeof body === 'string' ? body : new TextDecoder().decode(body))
const isWrite = (operation: string) => /^(TransactWrite|Put|Update|Delete)/.test(operation)

function canHappen(kind: FaultKind, request: Request): boolean {
  const operation = operationOf(request)
  // What is written without a condition is a counter, which no transaction touches.
  if (kind === 'conflict')
    return operation === 'TransactWriteItems' || (isWrite(operation) && bodyOf(request).includes('ConditionExpression'))
  if (kind === 'stale-index') return operation === 'Query' && bodyOf(request).includes('"IndexName"')
  return true
}

/** The SDK repeats a call under the same id, and we repeat a transaction under the same token. */
const idOf = (request: Request) =>
  /"ClientRequestToken":"([^"]+)"/.exec(bodyOf(request))?.[1] ?? request.headers['amz-sdk-invocation-id'] ?? ''

/** The fault that meets this request, if one does. Counts calls, not their repetitions. */
function faultOf(wire: Wire, request: Request): WireFault | undefined {
  const known = wire.places.get(idOf(request))
  const places = known ?? {}
  if (!known) {
    for (const kind of faultKinds) if (canHappen(kind, request)) places[kind] = ++wire.calls[kind]
    wire.places.set(idOf(request), places)
  }
  const fault = wire.faults.find(({ kind, at, lasting }) => places[kind] === at && (!known || lasting))
  if (fault) wire.hit.add(fault)
  return fault
}

const brokenOff = (lasting: boolean) =>
  // What the SDK does not know it does not repeat: as good as if all its repetitions had failed, without the wait between them.
  lasting ? new Error('the connection broke off, as planned') : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })

function refusal(name: string, more: object = {}): Answer {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...more })
  const headers = { 'content-type': 'application/x-amz-json-1.0' }
  return { response: new HttpResponse({ statusCode: 400, headers, body: Readable.from([body]) }) } as never
}

const staleFor = 2_000

/** An answer of an index without what is younger than an index may be behind; its old place is gone and the new one not there yet. */
async function staleAnswer(answer: Answer): Promise<Answer> {
  const response = answer.response as unknown as HttpResponse
  const chunks: Buffer[] = []
  for await (const chunk of response.body as AsyncIterable<Buffer>) chunks.push(chunk)
  const page = JSON.parse(Buffer.concat(chunks).toString()) as { Items?: Record<string, { S?: string }>[]; Count?: number }
  const isYoung = (item: Record<string, { S?: string }>) =>
    Date.now() - Date.parse(item.updatedAt?.S ?? item.createdAt?.S ?? item.at?.S ?? '1970-01-01') < staleFor
  if (page.Items) {
    page.Items = page.Items.filter((item) => !isYoung(item))
    page.Count = page.Items.length
  }
  const { 'x-amz-crc32': _, 'content-length': __, ...headers } = response.headers
  return { response: new HttpResponse({ ...response, headers, body: Readable.from([JSON.stringify(page)]) }) } as never
}

/** Carries a call out without hearing its answer, which is read all the same: the connection is free again then. */
async function unheard(pass: () => Promise<Answer>): Promise<void> {
  for await (const _ of (await pass()).response.body as AsyncIterable<Buffer>);
}

const lateBy = 15

async function meet(life: Life, { kind, lasting }: WireFault, request: Request, pass: () => Promise<Answer>): Promise<Answer> {
  const transaction = operationOf(request) === 'TransactWriteItems'
  if (kind === 'unsent') throw brokenOff(lasting)
  if (kind === 'lost-reply') {
    await unheard(pass)
    throw brokenOff(lasting)
  }
  if (kind === 'late') {
    life.wire.underway.push(new Promise((resolve) => setTimeout(resolve, lateBy)).then(() => unheard(pass)).catch(() => undefined))
    throw brokenOff(lasting)
  }
  if (kind === 'throttled' || kind === 'conflict') {
    const Code = kind === 'conflict' ? 'TransactionConflict' : 'ThrottlingError'
    if (transaction) return refusal('TransactionCanceledException', { CancellationReasons: [{ Code }] })
    return refusal(kind === 'conflict' ? 'TransactionConflictException' : 'ProvisionedThroughputExceededException')
  }
  if (kind === 'stale-index') return staleAnswer(await pass())
  life.dead = true
  if (kind === 'killed-after') await unheard(pass)
  throw brokenOff(true)
}

const plainly: Handle = NodeHttpHandler.prototype.handle

NodeHttpHandler.prototype.handle = async function handle(this: NodeHttpHandler, request: Request, options?: Options) {
  const life = lives.getStore()
  const pass = () => plainly.call(this, request, options)
  if (!life || !operationOf(request)) return pass()
  if (life.dead) throw brokenOff(true)
  const fault = faultOf(life.wire, request)
  return fault ? meet(life, fault, request, pass) : pass()
}
