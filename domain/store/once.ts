import type { Context, IdempotentRequest, StoredAnswer } from '../kernel/context.ts'
import { Problem, StaleWrite } from '../kernel/errors.ts'
import { findAnswer, keepAnswer } from './idempotency.ts'

/**
 * Runs a request with a key once: its answer is written with the work, and every repetition is given that answer. Whatever
 * stops a repetition (a state already changed, a guard taken by its twin) is looked up before it is reported.
 */
export async function once<T>(
  ctx: Context,
  request: IdempotentRequest,
  run: (keyed: Context) => Promise<T>,
): Promise<{ result: T } | { answer: StoredAnswer }> {
  const before = await findAnswer(ctx, request)
  if (before) return { answer: before }
  let written = false
  const answer = (result: unknown) => {
    written = true
    return request.answer(result)
  }
  try {
    const result = await run({ ...ctx, idempotency: { ...request, answer } })
    if (!written) await keepAnswer(ctx, request, request.answer(result))
    return { result }
  } catch (error) {
    if (error instanceof StaleWrite || !(error instanceof Problem)) throw error
    const meanwhile = await findAnswer(ctx, request)
    if (meanwhile) return { answer: meanwhile }
    throw error
  }
}
