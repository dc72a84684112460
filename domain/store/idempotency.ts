import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Context, IdempotentRequest, StoredAnswer } from '../kernel/context.ts'
import { Problem } from '../kernel/errors.ts'
import { send } from './database.ts'
import { itemKey } from './entity-definition.ts'
import { scattered } from './scattered.ts'
import { tryWrite } from './try-write.ts'
import type { Action } from './write.ts'

/** Answers are kept for 24 hours (api.md). */
const keptSeconds = 24 * 60 * 60

interface IdempotencyRecord extends Omit<StoredAnswer, 'body'> {
  hash: string
  expiresAt: number
  /** Packed when it is large. */
  body: string | Uint8Array
}

/** An item takes 400 KB, and the answer to a batch of a hundred may be longer. */
const largestPlain = 100_000

// Loaded where it is needed: 3 ms that a cold start of a small answer does not pay.
const zlib = () => process.getBuiltinModule('node:zlib')
const packed = ({ body, ...rest }: StoredAnswer): Omit<IdempotencyRecord, 'hash' | 'expiresAt'> =>
  Buffer.byteLength(body) > largestPlain ? { ...rest, body: zlib().gzipSync(body) } : { ...rest, body }
const unpacked = (body: string | Uint8Array): string => (typeof body === 'string' ? body : zlib().gunzipSync(body).toString())

const epoch = (ctx: Context) => Math.floor(Date.parse(ctx.now()) / 1000)
const recordKey = (ctx: Context, request: IdempotentRequest) => itemKey(ctx, scattered('IDEM', [ctx.actor.id, request.key]))

/** The answer of an earlier request with the same key and body; 422 when the key was used with another body. */
function replayOf(record: IdempotencyRecord, request: IdempotentRequest): StoredAnswer {
  if (record.hash !== request.hash)
    throw new Problem(
      'invalid',
      'idempotency.key-reused',
      'This Idempotency-Key was used with another request. Use a new key for a new request.',
    )
  return { status: Number(record.status), headers: record.headers, body: unpacked(record.body) }
}

/** The stored answer of a keyed request, if there is one that has not expired. */
export async function findAnswer(ctx: Context, request: IdempotentRequest): Promise<StoredAnswer | undefined> {
  const { Item } = await send<{ Item?: IdempotencyRecord }>(
    ctx,
    new GetCommand({ TableName: ctx.db.table, Key: recordKey(ctx, request), ConsistentRead: true }),
  )
  return Item && Item.expiresAt > epoch(ctx) ? replayOf(Item, request) : undefined
}

/**
 * The record that goes into the same transaction as the work. Of two requests with one key the loser finds the winner's
 * record and gives its answer. Expiry stands in the condition; TTL only tidies.
 */
export function idempotencyAction(ctx: Context, request: IdempotentRequest, result: unknown): Action {
  const now = epoch(ctx)
  return {
    ...recordKey(ctx, request),
    put: { Item: { entity: 'idempotency', hash: request.hash, expiresAt: now + keptSeconds, ...packed(request.answer(result)) } },
    condition: 'attribute_not_exists(pk) OR expiresAt <= :now',
    values: { ':now': now },
    onFail: () => new AnsweredMeanwhile(),
  }
}

/** Another request with the same key was committed first: read its answer. */
class AnsweredMeanwhile extends Problem {
  constructor() {
    super('conflict', 'idempotency.running', 'A request with this Idempotency-Key is being worked on. Send it again in a moment.', {
      retryable: true,
    })
  }
}

/** Keeps the answer of a request that changed nothing, and so had no transaction to be part of. */
export async function keepAnswer(ctx: Context, request: IdempotentRequest, answer: StoredAnswer): Promise<void> {
  const action = idempotencyAction(ctx, { ...request, answer: () => answer }, undefined)
  if (!(await tryWrite(ctx, action)).written) throw new AnsweredMeanwhile()
}
