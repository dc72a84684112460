import type { StoredAnswer } from '../../domain/kernel/context.ts'
import { Problem, statusOfKind } from '../../domain/kernel/errors.ts'

export const jsonType = 'application/json; charset=utf-8'
const problemType = 'application/problem+json; charset=utf-8'

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid input',
  429: 'Too many requests',
  500: 'Our mistake',
}

/** The RFC 9457 document of an error. What is no Problem is a bug: 500 without its text. */
export function problemAnswer(error: unknown, requestId: string): StoredAnswer {
  const problem =
    error instanceof Problem
      ? error
      : new Problem('internal', 'internal', 'Something went wrong on our side. The request id helps us to find it.', { retryable: true })
  const status = statusOfKind[problem.kind]
  const document = {
    type: `urn:guanxi:problem:${problem.code}`,
    title: titles[status],
    status,
    code: problem.code,
    detail: problem.message,
    errors: problem.more.errors ?? [],
    requestId,
    retryable: problem.more.retryable ?? false,
    ...problem.more.extra,
  }
  return { status, headers: { 'content-type': problemType, ...problem.more.headers }, body: JSON.stringify(document) }
}
