import type * as z from 'zod'
import type { Context, IdempotentRequest, StoredAnswer } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import { isFileAnswer } from '../../domain/kernel/file-answer.ts'
import { sha256 } from '../../domain/kernel/signing.ts'
import { once } from '../../domain/store/once.ts'
import { fileResponse, jsonType } from './answer.ts'
import { jsonBody } from './request.ts'
import type { Route } from './route.ts'

/** An upsert says whether it created. */
const upserted = ({ record, created }: { record: unknown; created: boolean }) => ({ result: record, status: created ? 201 : 200 })

/** The answer that belongs to a result: presented, checked against the response schema, with ETag and Location. */
function answerOf(ctx: Context, route: Route, given: unknown): StoredAnswer {
  if (isFileAnswer(given)) return fileResponse(route.status, given)
  if (!route.response) return { status: route.status, headers: {}, body: '' }
  const { result, status } = route.upserts ? upserted(given as never) : { result: given, status: route.status }
  const rows = route.list ? (result as { data: unknown[] }).data : [result]
  const shown = rows.map((row) => checked(route.response!, route.present ? route.present(ctx, row) : row))
  const body = JSON.stringify(route.list ? { ...(result as object), data: shown } : shown[0])
  const one = shown[0] as { id?: string; version?: number } | undefined
  const headers: Record<string, string> = { 'content-type': jsonType }
  if (!route.list && one?.version !== undefined) headers.etag = `"${one.version}"`
  // A job that is begun has an address of its own, where the route names one.
  if (one?.id && (status === 201 || (status === 202 && route.location)))
    headers.location = route.location ? route.location({ id: one.id }) : `/v1/${route.path.split('/').at(-1)}/${one.id}`
  return { status, headers, body }
}

function checked(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`The answer does not fit its schema at ${issue?.path.join('.')}: ${issue?.message}`)
}

/** On 412 the current value is shown as its route would answer it, never as it is stored. */
function withCurrent(ctx: Context, route: Route, error: unknown): unknown {
  if (!(error instanceof Problem) || error.kind !== 'version-mismatch') return error
  const shownBy = route.response ? { ...route, upserts: false } : route.resource
  const extra = shownBy ? { current: JSON.parse(answerOf(ctx, shownBy, error.more.extra?.current).body) } : {}
  return new Problem(error.kind, error.code, error.message, { ...error.more, extra })
}

/** Runs a request without an Idempotency-Key. */
export async function unkeyed(ctx: Context, route: Route, input: object): Promise<StoredAnswer> {
  try {
    return answerOf(ctx, route, await route.run(ctx, input as never))
  } catch (error) {
    throw withCurrent(ctx, route, error)
  }
}

const inOrder = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** The same text for the same JSON: a client may order and space it anew when it sends it again. */
const canonical = (body: Buffer): string => (body.length === 0 ? '' : JSON.stringify(jsonBody(body), inOrder))

function keyedRequest(ctx: Context, route: Route, key: string, path: string, body: Buffer): IdempotentRequest {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem('malformed', 'idempotency.key-invalid', 'Idempotency-Key is 1 to 255 visible ASCII characters.')
  const hash = sha256(`${route.method} ${path}\n${canonical(body)}`)
  return { key, hash, answer: (result) => stored(answerOf(ctx, route, result)) }
}

/** What is shown once is never stored: a repeated answer has null in its place. */
function stored(answer: StoredAnswer): StoredAnswer {
  const body = answer.body.includes('"secret":') ? JSON.stringify({ ...JSON.parse(answer.body), secret: null }) : answer.body
  return { ...answer, body }
}

const replayed = (answer: StoredAnswer): StoredAnswer => ({ ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } })

/** Runs a request with an Idempotency-Key: the first answer is given again to every repetition. */
export async function runKeyed(ctx: Context, route: Route, input: object, key: string, path: string, body: Buffer): Promise<StoredAnswer> {
  try {
    const done = await once(ctx, keyedRequest(ctx, route, key, path, body), (keyed) => route.run(keyed, input as never))
    return 'answer' in done ? replayed(done.answer) : answerOf(ctx, route, done.result)
  } catch (error) {
    throw withCurrent(ctx, route, error)
  }
}
