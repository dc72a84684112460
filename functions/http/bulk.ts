import * as z from 'zod'
import type { Permission } from '../../domain/identity/index.ts'
import type { Context } from '../../domain/kernel/context.ts'
import { Problem } from '../../domain/kernel/errors.ts'
import type { KindRecord, RecordKind } from '../../domain/kernel/record-kind.ts'
import { Batch, type ItemOutcome } from '../../domain/platform/bulk/batch.ts'
import { runBatch } from '../../domain/platform/bulk/run-batch.ts'
import { upsert } from '../../domain/platform/bulk/upsert.ts'
import { problemAnswer } from './answer.ts'
import { Problem as ProblemDocument } from './openapi/schemas.ts'
import { type Route, route } from './route.ts'

/** A kind with what the API makes of its records. */
interface BulkNoun<R extends KindRecord> {
  kind: RecordKind<R>
  response: z.ZodObject
  /** Last look at a record before it is answered, as on the noun's other routes. */
  present?: (ctx: Context, record: never) => unknown
  /** What its POST is sent in the documentation. */
  example: Record<string, unknown>
}

const nameOf = (response: z.ZodObject) => String(response.meta()?.id)

function upsertRoute<R extends KindRecord>({ kind, response, present, example }: BulkNoun<R>): Route {
  const { name, permissions } = kind
  const record = route({
    method: 'PUT',
    path: `/v1/${name}/by-external-id/{externalId}`,
    operationId: `upsert${nameOf(response)}`,
    summary: 'Create or change by externalId',
    description:
      'Creates the record with that externalId (201), or changes it by merge when there is one (200): what is left out stays. What is fixed once it is created may be sent again as it is.',
    permission: permissions.write as Permission,
    body: kind.Create,
    response,
    creates: true,
    example: { body: example },
    location: ({ id }) => `/v1/${name}/${id}`,
    run: ((ctx: Context, input: never) => upsert(ctx, kind, input)) as never,
    ...(present ? { present } : {}),
  })
  return { ...record, upserts: true }
}

const BatchResults = <R extends z.ZodObject>(response: R) => {
  const name = nameOf(response)
  const Failed = ProblemDocument.extend({ current: response.optional() }).meta({ id: `${name}Failed` })
  const Result = z.object({
    status: z
      .int()
      .min(200)
      .max(599)
      .meta({ description: 'As a request of its own would have been answered: 201, 200, 204, or a problem.' }),
    body: z.union([response, Failed, z.null()]).meta({ description: 'The record, the problem document, or null for what was deleted.' }),
  })
  return z
    .object({ results: z.array(Result).max(100).meta({ description: 'One for each item, in the order of the items.' }) })
    .meta({ id: `${name}BatchResults` })
}

/** The outcome of one item as the noun's own route would answer it; the record behind a 412 too is shown, not as it is stored. */
function resultOf<R extends KindRecord>(ctx: Context, noun: BulkNoun<R>, outcome: ItemOutcome<R>): object {
  const shown = (record: unknown) => noun.response.parse(noun.present ? noun.present(ctx, record as never) : record)
  if (outcome.outcome === 'deleted') return { status: 204, body: null }
  if (outcome.outcome !== 'failed') return { status: outcome.outcome === 'created' ? 201 : 200, body: shown(outcome.record) }
  const { kind, code, message, more } = outcome.problem
  const extra = more.extra?.current ? { ...more.extra, current: shown(more.extra.current) } : more.extra
  const answer = problemAnswer(new Problem(kind, code, message, extra ? { ...more, extra } : more), ctx.requestId)
  return { status: answer.status, body: JSON.parse(answer.body) }
}

function batchRoute<R extends KindRecord>(noun: BulkNoun<R>): Route {
  const { name, permissions } = noun.kind
  return route({
    method: 'POST',
    path: `/v1/${name}/batch`,
    operationId: `batch${nameOf(noun.response)}`,
    summary: 'Create, change or delete many',
    description:
      'Up to 100 at once. Each item succeeds or fails by itself, under the rules of its single request; with `atomic` all of them or none. An Idempotency-Key covers the whole batch.',
    permission: permissions.write as Permission,
    body: Batch,
    response: BatchResults(noun.response),
    example: { body: { operation: 'create', items: [noun.example] } },
    present: (ctx: Context, outcomes: never) => ({
      results: (outcomes as ItemOutcome<R>[]).map((outcome) => resultOf(ctx, noun, outcome)),
    }),
    run: ((ctx: Context, batch: Batch) => runBatch(ctx, noun.kind, batch)) as never,
  })
}

/** What every noun offers for many records at once, made from its kind. */
export const bulkRoutes = <R extends KindRecord>(noun: BulkNoun<R>): Route[] => [upsertRoute(noun), batchRoute(noun)]
