import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Context } from '../../domain/kernel/context.ts'
import { openDatabase } from '../../domain/store/database.ts'
import { env } from '../../functions/runtime.ts'

type Handle = NodeHttpHandler['handle']
type HttpRequest = Parameters<Handle>[0]

/** What goes wrong with a request of the table: an answer instead of the real one, or the real one lost on the way back. */
type Fault = 'lost-reply' | { refuse: string; body?: object }

/** Decides about each request by what it asks for, e.g. `TransactWriteItems`; undefined lets it pass. */
export type Plan = (operation: string, nth: number) => Fault | undefined

class FaultyHandler extends NodeHttpHandler {
  readonly #plan: Plan
  readonly #seen = new Map<string, number>()

  constructor(plan: Plan) {
    super()
    this.#plan = plan
  }

  override async handle(request: HttpRequest, options?: Parameters<Handle>[1]): ReturnType<Handle> {
    const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? ''
    const nth = (this.#seen.get(operation) ?? 0) + 1
    this.#seen.set(operation, nth)
    const fault = this.#plan(operation, nth)
    if (fault === undefined) return super.handle(request, options)
    if (fault === 'lost-reply') {
      const { response } = await super.handle(request, options)
      // Its connection is free again when it was read.
      for await (const _ of response.body as AsyncIterable<Buffer>);
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' })
    }
    const { HttpResponse } = await import('@smithy/core/protocols')
    const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fault.refuse}`, message: fault.refuse, ...fault.body })
    const { Readable } = await import('node:stream')
    return {
      response: new HttpResponse({
        statusCode: 400,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Readable.from([Buffer.from(body)]),
      }),
    } as never
  }
}

/** The context over a connection on which things go wrong as planned. */
export const withFaults = (ctx: Context, plan: Plan): Context => ({
  ...ctx,
  db: openDatabase(env('TABLE_NAME'), { requestHandler: new FaultyHandler(plan) }),
})

/** DynamoDB's answer to a transaction that was cancelled for these reasons, one per action. */
export const cancelled = (...codes: string[]): Fault => ({
  refuse: 'TransactionCanceledException',
  body: { CancellationReasons: codes.map((Code) => ({ Code })) },
})

/** The context with some transactions, one of five, refused as if somebody else were writing the same items; the same ones for a seed. */
export function withConflicts(ctx: Context, seed: number): Context {
  let state = seed % 2_147_483_647
  const isRefused = () => {
    state = (state * 48_271 + 11) % 2_147_483_647
    return state % 5 === 0
  }
  return withFaults(ctx, (operation) => (operation === 'TransactWriteItems' && isRefused() ? cancelled('TransactionConflict') : undefined))
}
